package offspring.benchmarks.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.StartMethod;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A child process that does nothing, from its making to the end of its join: each iteration is one start. That a JVM stands
 * by again is waited for before each, and not measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 20)
@Fork(2)
public class StartBenchmark {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** For the machine to come to rest after a JVM has been started or has ended. */
    private static final long REST_MILLIS = 20;

    /** How the child starts. */
    @Param({"SPAWN", "STANDBY"})
    @SuppressWarnings("NullAway.Init") // set by JMH
    public StartMethod method;

    @SuppressWarnings("NullAway.Init") // set by makeReserve
    private ProcessOptions options;

    private @Nullable StandbyReserve reserve;

    /** Those that stand by, where the method wants some. */
    @Setup(Level.Trial)
    public void makeReserve() {
        options = ProcessOptions.builder().startMethod(method).build();
        reserve = method == StartMethod.STANDBY ? StandbyReserve.of(options) : null;
    }

    /** Waits until one stands by. */
    @Setup(Level.Invocation)
    public void prepare() throws InterruptedException {
        if (reserve != null) {
            reserve.fill(1);
            if (!reserve.awaitPrepared(1, PATIENCE)) {
                throw new IllegalStateException("nobody stands by after " + PATIENCE + ": " + reserve);
            }
        }
        Thread.sleep(REST_MILLIS);
    }

    /** Ends those that stand by. */
    @TearDown(Level.Trial)
    public void closeReserve() {
        if (reserve != null) {
            reserve.close();
        }
    }

    /** One child. */
    @Benchmark
    public int startAndJoin() throws Exception {
        Process process = Process.builder().target(() -> {}).options(options).build();
        process.start();
        process.join();
        int exitCode = process.exitcode().orElseThrow();
        if (exitCode != 0) {
            throw new IllegalStateException("an empty child ended with code " + exitCode);
        }
        return exitCode;
    }
}
