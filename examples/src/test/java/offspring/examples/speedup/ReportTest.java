package offspring.examples.speedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table and the verdict. */
class ReportTest {

    private final List<Boolean> right =
            Primes.NUMBERS.stream().map(Primes::isPrime).toList();
    private final Outcome sequential = new Outcome("sequential", 1, right, Duration.ofMillis(10_000));

    @Test
    void shouldShowTheSpeedUpOverTheSequentialRun() {
        Outcome threads = new Outcome("threads", 2, right, Duration.ofMillis(5_025));
        Report report = new Report(List.of(sequential, threads), 14);

        assertThat(report.agree()).isTrue();
        assertThat(print(report))
                .contains("20 numbers, each checked 14 times")
                .containsPattern("sequential +1 +9 primes +10\\.00 s +1\\.00×")
                .containsPattern("threads +2 +9 primes +5\\.03 s +1\\.99×")
                .contains("All runs agree on every answer.");
    }

    @Test
    void shouldNameTheNumberWhenARunGivesAnotherAnswer() {
        List<Boolean> wrong = new ArrayList<>(right);
        wrong.set(18, false);
        Outcome processes = new Outcome("processes", 2, wrong, Duration.ofMillis(5_000));
        Report report = new Report(List.of(sequential, processes), 1);

        assertThat(report.agree()).isFalse();
        assertThat(print(report))
                .contains("8 primes, WRONG")
                .contains("processes with 2 workers says that 9999999999999917 is no prime")
                .doesNotContain("All runs agree");
    }

    private static String print(Report report) {
        StringWriter out = new StringWriter();
        report.print(new PrintWriter(out));
        return out.toString();
    }
}
