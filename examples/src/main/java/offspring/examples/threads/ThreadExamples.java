package offspring.examples.threads;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class ThreadExamples {

    private ThreadExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(
                new ClockThread(),
                new ClockThreadClass(),
                new TimerRun(),
                new StoppableThreadRun(),
                new QueueKinds(),
                new WorkerThreadRun());
    }
}
