package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import offspring.benchmarks.programs.PipePrograms;
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

/** Messages through a pipe to a child that is up, and back. A run of messages ends when the child has them all. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PipeBenchmark {

    private static final int FEW = 10;
    private static final int SOME = 1_000;
    private static final int MANY = 10_000;
    private static final int KIBIBYTE = 1 << 10;

    /** A child that sends back what comes. */
    @State(Scope.Benchmark)
    public static class RoundTrip extends ProgramState {
        @Override
        Program make() throws Exception {
            return PipePrograms.roundTrip();
        }
    }

    /** A child that counts what comes. */
    @State(Scope.Benchmark)
    public static class OneWay extends ProgramState {
        @Override
        Program make() throws Exception {
            return PipePrograms.oneWay();
        }
    }

    /** A child that counts bytes. */
    @State(Scope.Benchmark)
    public static class OneWayKibibyte extends ProgramState {
        @Override
        Program make() throws Exception {
            return PipePrograms.oneWayBytes(KIBIBYTE);
        }
    }

    /** A child that sends bytes back. */
    @State(Scope.Benchmark)
    public static class EchoMebibyte extends ProgramState {
        @Override
        Program make() throws Exception {
            return PipePrograms.echoMebibyte();
        }
    }

    /** An int there and back. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public long roundTrip(RoundTrip program) throws Exception {
        return program.run(SOME);
    }

    /** An int to the child; the answer to the last one is shared by all. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long oneWay(OneWay program) throws Exception {
        return program.run(MANY);
    }

    /** A kibibyte of bytes to the child. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long oneWayKibibyte(OneWayKibibyte program) throws Exception {
        return program.run(MANY);
    }

    /** A mebibyte of bytes there and back. */
    @Benchmark
    @OperationsPerInvocation(FEW)
    public long echoMebibyte(EchoMebibyte program) throws Exception {
        return program.run(FEW);
    }
}
