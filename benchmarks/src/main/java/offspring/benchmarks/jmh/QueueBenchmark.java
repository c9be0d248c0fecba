package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.programs.QueuePrograms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An item put by one of {@code pairs} producers and taken by one of as many consumers.
 *
 * <p>An invocation moves a fixed number of items from first to last, threads and all, so that no side is left waiting at
 * the end of an iteration; JMH forks a JVM per combination of parameters, so that the loop sees one kind of queue.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueBenchmark {

    private static final int ITEMS = 200_000;

    /** Whose queue. */
    public enum Kind {
        /** Ours. */
        OURS,
        /** The JDK's array queue; it has no unbounded form. */
        ARRAY_BLOCKING_QUEUE,
        /** The JDK's linked queue. */
        LINKED_BLOCKING_QUEUE
    }

    /** Whose queue. */
    @Param
    @SuppressWarnings("NullAway.Init") // set by JMH
    public Kind kind;

    /** How many producers, and how many consumers. */
    @Param({"1", "2"})
    public int pairs;

    /** The bound; 0 is none, which for the array queue is room for all items. */
    @Param({"1024", "0"})
    public int capacity;

    @SuppressWarnings("NullAway.Init") // set by JMH
    private Program program;

    /** Makes the queue. */
    @Setup
    public void makeQueue() {
        switch (kind) {
            case OURS -> program = QueuePrograms.queue(pairs, capacity);
            case LINKED_BLOCKING_QUEUE -> program = QueuePrograms.linkedBlockingQueue(pairs, capacity);
            case ARRAY_BLOCKING_QUEUE ->
                program = QueuePrograms.arrayBlockingQueue(pairs, capacity == 0 ? ITEMS : capacity);
        }
    }

    /** From the start of the threads to the end of the last one. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long putAndGet() throws Exception {
        return program.run(ITEMS);
    }
}
