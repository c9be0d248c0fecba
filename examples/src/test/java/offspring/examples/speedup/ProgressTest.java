package offspring.examples.speedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bar. */
class ProgressTest {

    /** The library has one thread for all bars, from the first one on: no test leaves it behind. */
    @BeforeAll
    static void startTheThreadOfAllBars() {
        Progress progress = Progress.on(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        progress.begin("first", 1);
        progress.end();
    }

    @Test
    void shouldShowNameAndShareWhenTheRunHasEnded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = Progress.on(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        progress.begin("2 threads", 10);
        progress.expect(4);
        for (int i = 0; i < 4; i++) {
            progress.step();
        }
        progress.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("2 threads", "100%", "4/4");
    }

    @Test
    void shouldDoNothingWhenHidden() {
        Progress progress = Progress.hidden();

        assertThatCode(() -> {
                    progress.begin("2 threads", 10);
                    progress.step();
                    progress.end();
                    progress.end();
                })
                .doesNotThrowAnyException();
    }
}
