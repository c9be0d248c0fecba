package offspring.benchmarks.programs;

import java.io.IOException;
import offspring.core.function.CheckedConsumer;
import offspring.multiprocessing.connection.Connection;

/** Work with one child that lives as long as the program. */
abstract class WithChild implements Program {

    private final Child child;

    WithChild(CheckedConsumer<Connection> service) throws Exception {
        child = new Child(service);
    }

    abstract void work(Connection child, long operations) throws Exception;

    /** Tells a child that waits for something else than its pipe that the end is near. */
    void sayGoodbye() {}

    @Override
    public final long run(long operations) throws Exception {
        long start = System.nanoTime();
        work(child.connection(), operations);
        return System.nanoTime() - start;
    }

    @Override
    public final void close() throws IOException {
        try {
            sayGoodbye();
        } finally {
            child.close();
        }
    }
}
