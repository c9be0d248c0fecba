package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ConditionVariableTest {

    @Test
    void shouldConsumeEveryItemOnce() {
        ExampleRun run = ExampleRun.here("condition-variable", "--items", "50", "--consumers", "3");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .filteredOn(line -> line.startsWith("producer: "))
                .hasSize(50);
        assertThat(run.lines().stream()
                        .filter(line -> line.startsWith("consumer "))
                        .map(line -> Integer.valueOf(line.replaceFirst(".*: ", ""))))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void shouldRefuseWhenNobodyConsumes() {
        assertThat(ExampleRun.here("condition-variable", "--consumers", "0").errors())
                .contains("--consumers must be 1 to 100, but is 0");
    }
}
