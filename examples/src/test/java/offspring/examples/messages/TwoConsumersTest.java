package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class TwoConsumersTest {

    @Test
    void shouldShareTheItems() throws Exception {
        ExampleRun run = ExampleRun.asProgram("two-consumers", "--items", "4");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(5).endsWith("every item is dealt with");
        assertThat(run.lines().subList(0, 4)).allMatch(line -> line.matches("consumer [12] has got \\d"));
        assertThat(run.lines().subList(0, 4).stream().map(line -> line.replaceFirst(".* ", "")))
                .containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void shouldRefuseWhenNobodyConsumes() {
        assertThat(ExampleRun.here("two-consumers", "--consumers", "0").errors())
                .contains("--consumers must be 1 to 16, but is 0");
    }
}
