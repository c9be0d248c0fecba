package offspring.benchmarks.programs;

import dyorgio.runtime.out.process.CallableSerializable;
import dyorgio.runtime.out.process.OutProcessExecutorService;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import net.viktorc.pp4j.impl.ProcessExecutors;

/** Other libraries for the JVM that run a callable in a child JVM, with one child each. */
public final class RivalExecutors {

    private RivalExecutors() {}

    /** PP4J's executor of one child JVM. */
    public static ExecutorService pp4j() throws InterruptedException {
        return ProcessExecutors.newFixedJavaProcessPool(1);
    }

    /** The executor of out-process, which has one child JVM in any case. */
    public static ExecutorService outProcess() throws Exception {
        return new OutProcessExecutorService();
    }

    /** From {@code submit} to the result, one call at a time. */
    public static Program oneByOne(ExecutorService executor) {
        return new OneByOne(executor);
    }

    private record OneByOne(ExecutorService executor) implements Program {

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            for (int i = 0; i < operations; i++) {
                int x = i;
                CallableSerializable<Integer> call = () -> PoolPrograms.increment(x);
                PoolPrograms.check(x + 1, executor.submit(call).get());
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws IOException {
            executor.shutdownNow();
        }
    }
}
