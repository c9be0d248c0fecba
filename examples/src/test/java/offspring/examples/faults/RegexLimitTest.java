package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import offspring.examples.NoChildLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(NoChildLeft.class)
class RegexLimitTest {

    @Test
    void shouldStopTheSearchThatTakesYearsAndFinishTheOthers() {
        ExampleRun run = ExampleRun.here("regex-limit");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0)).endsWith(" found");
        assertThat(run.lines().get(1))
                .containsPattern("took longer than 500 ms; ended by (TERMINATE|KILL); it was at .*java.util.regex");
        assertThat(run.lines().get(2)).endsWith(" not found");
    }
}
