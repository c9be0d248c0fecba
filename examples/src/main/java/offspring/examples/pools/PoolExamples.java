package offspring.examples.pools;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class PoolExamples {

    private PoolExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(
                new PoolOfTwo(),
                new ArcfourJobs(),
                new ShaJobs(),
                new ExecutorDemo(),
                new ParallelFunction(),
                new ParallelLoop());
    }
}
