package offspring.examples.locks;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class LockExamples {

    private LockExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(
                new LockHandOver(),
                new CriticalSection(),
                new RecursiveLock(),
                new Semaphores(),
                new ConditionVariable(),
                new EventRun(),
                new BarrierRun());
    }
}
