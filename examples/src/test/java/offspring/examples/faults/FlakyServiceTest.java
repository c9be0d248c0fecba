package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import offspring.examples.NoChildLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(NoChildLeft.class)
class FlakyServiceTest {

    @Test
    void shouldAskAgainAsOftenAsNeededWhenTheServiceFails() {
        ExampleRun run = ExampleRun.here("flaky-service");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "Atlantis  given up after 4 attempts: HTTP 503, service unavailable",
                        "Cairo     answered when asked for the 3. time",
                        "Lima      answered when asked for the 2. time",
                        "Oslo      answered when asked for the 1. time");
    }
}
