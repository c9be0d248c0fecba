package offspring.examples.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import offspring.examples.ExampleRun;
import offspring.examples.NoChildLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(NoChildLeft.class)
class LoadedModelTest {

    @Test
    void shouldLoadTheModelOncePerWorkerAndKnowTheLanguages() {
        ExampleRun run = ExampleRun.here("loaded-model");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines()).hasSize(6);
        assertThat(run.lines().subList(0, 5).stream().map(line -> line.split(" ")[0]))
                .containsExactly("English", "German", "French", "Finnish", "English");
        assertThat(run.lines().get(5)).matches("5 texts, and the model was loaded [12] times by 2 workers");
    }

    @Test
    void shouldSayWhatIsMissingWhenNoModelIsLoaded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LoadedModel.languageOf("here is none"))
                .withMessageContaining("give the pool an initializer");
    }
}
