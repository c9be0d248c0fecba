package offspring.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import offspring.benchmarks.programs.Program;
import offspring.core.function.CheckedSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program runs, finds its own results right, and leaves no child. */
@Timeout(60)
class WorkloadsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void shouldTellItsTimeAndLeaveNoChild(String name, CheckedSupplier<Program> made, long operations)
            throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();

        try (Program program = made.getChecked()) {
            assertThat(program.run(operations)).isPositive();
            assertThat(program.run(operations)).isPositive();
        }

        CompletableFuture<?>[] ends = ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child))
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new);
        assertThat(CompletableFuture.allOf(ends))
                .as("the end of all children of %s", name)
                .succeedsWithin(Duration.ofSeconds(20));
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                program("logs", LogsWorkload::map, 1),
                program("sha256", () -> CryptoWorkload.sha256(2, 1_000), 1),
                program("parallelize", LoopWorkload::parallelize, 1),
                program("strings from a thread", ClassicStrings::threadQueue, 1_000),
                program("strings by a queue", ClassicStrings::processQueue, 1_000),
                program("strings by a pipe", ClassicStrings::pipe, 1_000),
                program("array", ClassicReads::array, 1_000),
                program("array under its lock", ClassicReads::lockedArray, 1_000),
                program("rlock", ClassicReads::processRLock, 1_000),
                program("threads over a lock", ClassicConditions::threadsOverLock, 100),
                program("threads over an rlock", ClassicConditions::threadsOverRLock, 100),
                program("processes over a lock", ClassicConditions::processesOverLock, 100),
                program("processes over an rlock", ClassicConditions::processesOverRLock, 100),
                program("sleeps", () -> BatchesWorkload.sleeping(List.of(0L, 1_000L, 200_000L)), 1),
                program("large arguments", BatchesWorkload::large, 1),
                program("first call", LatencyWorkload::first, 1),
                program("recycling", () -> RecyclingWorkload.calls(25, 1), 1),
                program("stuck", ShutdownWorkload::terminate, 1));
    }

    private static Arguments program(String name, CheckedSupplier<Program> made, long operations) {
        return Arguments.of(name, made, operations);
    }
}
