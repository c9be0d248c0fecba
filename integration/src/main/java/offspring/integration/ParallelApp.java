package offspring.integration;

import java.util.function.Function;
import offspring.futures.Future;
import offspring.futures.Parallel;

/** A program that names no executor, and says where its call ran. */
public final class ParallelApp {

    private ParallelApp() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if somebody interrupts it
     */
    public static void main(String[] args) throws InterruptedException {
        Function<Integer, Future<Long>> place =
                Parallel.parallel(x -> ProcessHandle.current().pid());
        boolean here = place.apply(1).result() == ProcessHandle.current().pid();
        System.out.println("parallel: " + (here ? "on a thread" : "in another process"));
    }
}
