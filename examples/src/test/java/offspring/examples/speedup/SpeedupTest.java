package offspring.examples.speedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import offspring.examples.Examples;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole example with real threads and real child JVMs. */
@Timeout(120)
class SpeedupTest {

    /** More than the start of a JVM takes: who has used it is checking numbers. */
    private static final Duration AT_WORK = Duration.ofMillis(1_500);

    @AfterEach
    void shouldLeaveNoChild() {
        Deadlines.eventually(
                "no child is left",
                () -> ProcessHandle.current().children().findAny().isEmpty());
    }

    @Test
    void shouldAgreeOnEveryAnswerWhenDoneThreeWays() {
        StringWriter out = new StringWriter();
        int exitCode = Examples.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("run", "speedup", "--quick", "--workers", "2");

        assertThat(out.toString())
                .containsPattern("sequential +1 +9 primes ")
                .containsPattern("threads +1 +9 primes ")
                .containsPattern("threads +2 +9 primes ")
                .containsPattern("processes +1 +9 primes ")
                .containsPattern("processes +2 +9 primes ")
                .contains("All runs agree on every answer.");
        assertThat(exitCode).isZero();
    }

    @Test
    void shouldFailAndEndTheOthersWhenAChildIsKilled() {
        Plan hoursOfWork = new Plan(Collections.nCopies(Primes.NUMBERS.size(), 1L), 10_000);
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            Deadlines.eventually("a child is at work", () -> childAtWork().isPresent());
            childAtWork().ifPresent(ProcessHandle::destroyForcibly);
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> ProcessRun.measure(hoursOfWork, 2, Progress.hidden()))
                .withMessageStartingWith("No answer for ");
        killer.join();
    }

    private static Optional<ProcessHandle> childAtWork() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .totalCpuDuration()
                        .filter(time -> time.compareTo(AT_WORK) >= 0)
                        .isPresent())
                .findFirst();
    }
}
