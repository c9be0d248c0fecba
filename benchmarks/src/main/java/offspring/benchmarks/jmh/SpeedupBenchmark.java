package offspring.benchmarks.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import offspring.benchmarks.programs.Crew;
import offspring.benchmarks.programs.CrewKind;
import offspring.benchmarks.programs.Job;
import offspring.benchmarks.programs.Sizing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tasks that keep a processor busy, done by a crew: the time per task, beside the sequential crew's the speed-up. An
 * invocation is a batch of tasks from the first hand-over to the last result.
 *
 * <p>Each fork runs one crew on one job, so that its code is compiled for that alone. Crews that are to be compared need tasks of
 * one size: where none is given, each fork finds out itself how large a task of the wanted time is, by one warm thread alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class SpeedupBenchmark {

    private static final int TASKS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a task does. */
    @Param
    @SuppressWarnings("NullAway.Init") // set by JMH
    public Job job;

    /** Who does it; virtual threads need Java 21. */
    @Param({"SEQUENTIAL", "THREADS", "VIRTUAL_THREADS", "FORK_JOIN", "PROCESSES"})
    @SuppressWarnings("NullAway.Init") // set by JMH
    public CrewKind crew;

    /** How many work at the same time, but for the sequential crew. */
    @Param("2")
    public int workers;

    /** How long a task takes when one thread does it alone, in microseconds. */
    @Param({"10", "1000"})
    public int taskMicros;

    /** How large a task is, in the job's own unit; 0: as large as takes that long. */
    @Param("0")
    public long size;

    @SuppressWarnings("NullAway.Init") // set by assemble
    private Crew assembled;

    /** Sizes the tasks and makes the crew. */
    @Setup(Level.Trial)
    public void assemble() throws Exception {
        if (size == 0) {
            size = Sizing.sizeOf(job, 1e3 * taskMicros, PATIENCE);
        }
        assembled = crew.of(workers);
    }

    /** Sends the crew home. */
    @TearDown(Level.Trial)
    public void dismiss() {
        assembled.close();
    }

    /** All tasks of a batch. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void tasks() throws Exception {
        assembled.work(job, size, TASKS);
    }
}
