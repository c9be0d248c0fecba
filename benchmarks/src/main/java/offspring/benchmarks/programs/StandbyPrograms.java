package offspring.benchmarks.programs;

import java.time.Duration;
import java.util.Objects;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.StartMethod;
import org.jspecify.annotations.Nullable;

/** Processes and pools that begin in JVMs which stand by. That those are there again is waited for, and not measured. */
public final class StandbyPrograms {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** For the machine to come to rest after a JVM has been started. */
    private static final long REST_MILLIS = 20;

    private StandbyPrograms() {}

    /** As {@link ProcessPrograms#process()}. */
    public static Program process() {
        ProcessOptions options =
                ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
        return new WithReserve(StandbyReserve.of(options), 1) {
            @Override
            void once() throws Exception {
                Process process =
                        Process.builder().target(() -> {}).options(options).build();
                process.start();
                process.join();
                int exitCode = process.exitcode().orElseThrow();
                if (exitCode != 0) {
                    throw new IllegalStateException("an empty child ended with code " + exitCode);
                }
            }
        };
    }

    /** As {@link PoolPrograms#start()}. */
    public static Program pool() {
        ProcessOptions options =
                ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
        ProcessPool.Builder builder =
                ProcessPool.builder().maxWorkers(PoolPrograms.WORKERS).options(options);
        return new WithReserve(builder.standbyReserve(), PoolPrograms.WORKERS) {
            private @Nullable ProcessPool pool;

            @Override
            void once() throws Exception {
                ProcessPool made = builder.build();
                pool = made;
                PoolPrograms.check(1, made.apply(PoolPrograms::increment, 0));
            }

            @Override
            void afterwards() throws Exception {
                ProcessPool made = Objects.requireNonNull(pool, "pool");
                made.terminate();
                made.join();
            }
        };
    }

    /** Work with JVMs that stand by. */
    private abstract static class WithReserve implements Program {

        private final StandbyReserve reserve;
        private final int count;

        WithReserve(StandbyReserve reserve, int count) {
            this.reserve = reserve;
            this.count = count;
        }

        abstract void once() throws Exception;

        void afterwards() throws Exception {}

        @Override
        public final long run(long operations) throws Exception {
            long nanos = 0;
            for (long i = 0; i < operations; i++) {
                reserve.fill(count);
                if (!reserve.awaitPrepared(count, PATIENCE)) {
                    throw new IllegalStateException("nobody stands by after " + PATIENCE + ": " + reserve);
                }
                java.lang.Thread.sleep(REST_MILLIS);
                long start = System.nanoTime();
                once();
                nanos += System.nanoTime() - start;
                afterwards();
            }
            return nanos;
        }

        @Override
        public final void close() {
            reserve.close();
        }
    }
}
