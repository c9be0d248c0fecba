package offspring.examples.flags;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class FlagExamples {

    private FlagExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(new FlagsDownload());
    }
}
