package offspring.examples.faults;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class FaultExamples {

    private FaultExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(
                new UntrustedDocuments(),
                new CrashingNative(),
                new RegexLimit(),
                new FlakyService(),
                new GracefulShutdown());
    }
}
