package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.programs.SharedQueuePrograms;
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

/** An int put by one process and taken by another. A run of items ends when the last one is taken. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ProcessQueueBenchmark {

    private static final int ITEMS = 10_000;

    /** The queue with a feeder, a child at its other end. */
    @State(Scope.Benchmark)
    public static class OfQueue extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedQueuePrograms.queue();
        }
    }

    /** The queue without a feeder. */
    @State(Scope.Benchmark)
    public static class OfSimpleQueue extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedQueuePrograms.simpleQueue();
        }
    }

    /** The queue that counts what is done. */
    @State(Scope.Benchmark)
    public static class OfJoinableQueue extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedQueuePrograms.joinableQueue();
        }
    }

    /** The queue with a feeder, two children at each end. */
    @State(Scope.Benchmark)
    public static class OfFourChildren extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedQueuePrograms.queueTwoToTwo();
        }
    }

    /** Through {@code Queue}, one to one. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long queue(OfQueue program) throws Exception {
        return program.run(ITEMS);
    }

    /** Through {@code SimpleQueue}, one to one. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long simpleQueue(OfSimpleQueue program) throws Exception {
        return program.run(ITEMS);
    }

    /** Through {@code JoinableQueue}, one to one, each item told done. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long joinableQueue(OfJoinableQueue program) throws Exception {
        return program.run(ITEMS);
    }

    /** Through {@code Queue}, two to two. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long queueTwoToTwo(OfFourChildren program) throws Exception {
        return program.run(ITEMS);
    }
}
