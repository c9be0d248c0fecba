package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import offspring.futures.ConsoleProgress;
import offspring.futures.Pool;
import offspring.futures.Progress;
import offspring.futures.ProgressMeter;
import offspring.testkit.CapturedErr;
import offspring.threading.ThreadPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples of hearing how far a work is. */
class ProgressExamplesTest {

    private final List<String> addresses = List.of("/a", "/b", "/c");

    /** The library that draws has one thread for all bars, from the first one on: no test leaves it behind. */
    @BeforeAll
    static void startTheThreadOfAllBars() {
        try (var first = ConsoleProgress.on("first", new PrintStream(OutputStream.nullOutputStream()), 80)) {
            first.update(new ProgressMeter(first, OptionalLong.of(1)).snapshot());
        }
    }

    @Test
    void shouldTellHowManyAreDone() throws Exception {
        try (var err = CapturedErr.open();
                Pool pool = new ThreadPool(2)) {
            // region futures.Progress
            Progress counter = soFar -> {
                long total = soFar.total().getAsLong();
                System.err.println(soFar.done() + " of " + total); // in the end: 3 of 3
            };
            List<Page> pages = pool.withProgress(counter).map(Page::fetch, addresses);
            // endregion
            assertThat(pages).hasSize(3);
            assertThat(err.text().lines()).last().isEqualTo("3 of 3");
        }
    }

    @Test
    void shouldDrawABar() throws Exception {
        try (var err = CapturedErr.open();
                Pool pool = new ThreadPool(2)) {
            // region futures.ConsoleProgress
            try (var bar = ConsoleProgress.of("pages")) {
                List<Page> pages = pool.withProgress(bar).map(Page::fetch, addresses);
            }
            // endregion
            assertThat(err.text()).contains("pages 100%", "3/3");
        }
    }

    @Test
    void shouldCountAWorkOfOnesOwn() {
        List<Path> files = List.of(Path.of("a"), Path.of("broken"), Path.of("c"));
        List<Progress.Snapshot> heard = new ArrayList<>();
        Progress listener = heard::add;
        // region futures.ProgressMeter
        var meter = new ProgressMeter(listener, OptionalLong.of(files.size()));
        for (Path file : files) meter.ended("scanner", !scan(file));
        meter.finish();
        // endregion
        assertThat(heard).last().satisfies(last -> {
            assertThat(last.done()).isEqualTo(3);
            assertThat(last.failed()).isEqualTo(1);
            assertThat(last.perWorker()).containsEntry("scanner", 3L);
        });
    }

    private static boolean scan(Path file) {
        return !file.endsWith("broken");
    }
}
