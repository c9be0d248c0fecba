package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import offspring.benchmarks.programs.ExecutorPrograms;
import offspring.benchmarks.programs.PoolPrograms;
import offspring.benchmarks.programs.Program;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A trivial call in one of two workers that are up: what is measured is the hand-over. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PoolBenchmark {

    private static final int SOME = 1_000;
    private static final int MANY = 10_000;
    private static final int MOST = 100_000;
    private static final int WORKERS = 2;

    /** A pool that is called. */
    @State(Scope.Benchmark)
    public static class Apply extends ProgramState {
        @Override
        Program make() throws Exception {
            return PoolPrograms.apply();
        }
    }

    /** A pool that is given lists. */
    @State(Scope.Benchmark)
    public static class Map extends ProgramState {
        @Override
        Program make() throws Exception {
            return PoolPrograms.map();
        }
    }

    /** A pool that is given iterators. */
    @State(Scope.Benchmark)
    public static class Imap extends ProgramState {
        @Override
        Program make() throws Exception {
            return PoolPrograms.imap();
        }
    }

    /** An executor of processes. */
    @State(Scope.Benchmark)
    public static class Submit extends ProgramState {
        @Override
        Program make() throws Exception {
            return ExecutorPrograms.processes(WORKERS);
        }
    }

    /** An executor of processes with many calls pending. */
    @State(Scope.Benchmark)
    public static class SubmitMany extends ProgramState {
        @Override
        Program make() throws Exception {
            return ExecutorPrograms.processesAtOnce(WORKERS);
        }
    }

    /** An executor of threads. */
    @State(Scope.Benchmark)
    public static class SubmitToThreads extends ProgramState {
        @Override
        Program make() throws Exception {
            return ExecutorPrograms.threads();
        }
    }

    /** A call there and back. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public long apply(Apply program) throws Exception {
        return program.run(SOME);
    }

    /** An item of a list that goes in chunks by Python's rule. */
    @Benchmark
    @OperationsPerInvocation(MOST)
    public long map(Map program) throws Exception {
        return program.run(MOST);
    }

    /** An item that is handed over by itself. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long imap(Imap program) throws Exception {
        return program.run(MANY);
    }

    /** From submit to the result, one call at a time. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public long submit(Submit program) throws Exception {
        return program.run(SOME);
    }

    /** A call of a thousand that are pending. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long submitMany(SubmitMany program) throws Exception {
        return program.run(MANY);
    }

    /** The same as submit, by threads. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public long submitToThreads(SubmitToThreads program) throws Exception {
        return program.run(SOME);
    }
}
