package offspring.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import offspring.core.Lock;
import offspring.queue.Queue;
import offspring.testkit.Deadlines;
import offspring.threading.ThreadPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class ConsoleProgressTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 50).boxed().toList();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ConsoleProgress bar =
            ConsoleProgress.on("numbers", new PrintStream(bytes, true, StandardCharsets.UTF_8), 100);

    /** The library has one thread for all bars, from the first one on: no test leaves it behind. */
    @BeforeAll
    static void startTheThreadOfAllBars() {
        try (var first = ConsoleProgress.on("first", new PrintStream(OutputStream.nullOutputStream()), 80)) {
            first.update(new ProgressMeter(first, OptionalLong.of(1)).snapshot());
        }
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int failOnThree(int x) {
        if (x == 3) {
            throw new IllegalArgumentException("three");
        }
        return x;
    }

    private static long barThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ProgressBar"))
                .count();
    }

    @Test
    void shouldDrawTheWholeBarAndEndTheLineWhenAMapHasEnded() throws Exception {
        try (var pool = new ThreadPool(2)) {
            assertThat(pool.withProgress(bar).map(x -> x, NUMBERS)).isEqualTo(NUMBERS);
            assertThat(text())
                    .contains("numbers", "100%", "50/50", "/s")
                    .doesNotContain("failed")
                    .endsWith("\n");
        }
    }

    @Test
    void shouldEndTheLineAndCountWhatFailedWhenAMapFails() throws Exception {
        try (var pool = new ThreadPool(2)) {
            assertThatThrownBy(() -> pool.withProgress(bar).map(ConsoleProgressTest::failOnThree, NUMBERS))
                    .hasMessage("three");
            assertThat(text()).contains("50/50", ", 1 failed").endsWith("\n");
        }
    }

    @Test
    void shouldEndTheLineWhenAWalkOfUnknownLengthHasEnded() throws Exception {
        try (var pool = new ThreadPool(2)) {
            Iterable<Integer> unknown = NUMBERS::iterator;
            pool.withProgress(bar).imap(x -> x, unknown).forEachRemaining(x -> {});
            assertThat(text()).contains("50/?").endsWith("\n");
        }
    }

    @Test
    void shouldFollowFuturesAsTheyComplete() throws Exception {
        var done = new Future<Integer>();
        done.complete(1);
        var failed = new Future<Integer>();
        failed.completeExceptionally(new IllegalStateException("disk"));
        assertThat(Futures.asCompleted(List.of(done, failed), bar)).hasSize(2);
        assertThat(text()).contains("2/2", ", 1 failed").endsWith("\n");
    }

    @Test
    void shouldEndTheLineOnceWhenClosedBeforeTheEnd() {
        try (bar) {
            Iterator<Future<Integer>> walk = Futures.asCompleted(List.of(finished(), new Future<Integer>()), bar)
                    .iterator();
            walk.next();
            bar.update(new Progress.Snapshot(1, 0, OptionalLong.of(2), Duration.ofSeconds(1), java.util.Map.of()));
        }
        bar.close();
        String ended = text();
        assertThat(ended).contains("1/2").endsWith("\n");
        bar.update(new Progress.Snapshot(2, 0, OptionalLong.of(2), Duration.ofSeconds(1), java.util.Map.of()));
        assertThat(text()).isEqualTo(ended);
        assertThat(bar).hasToString("<ConsoleProgress numbers closed>");
    }

    private static Future<Integer> finished() {
        Future<Integer> future = new Future<>();
        future.complete(1);
        return future;
    }

    @Test
    void shouldDrawABarForEachWorkWhenThereAreSeveral() throws Exception {
        try (var pool = new ThreadPool(2)) {
            for (int i = 0; i < 3; i++) {
                pool.withProgress(bar).map(x -> x, NUMBERS);
            }
        }
        assertThat(text().lines().filter(line -> line.contains("50/50")).count())
                .isGreaterThanOrEqualTo(3);
        assertThat(barThreads()).as("threads of the library").isEqualTo(1);
    }

    @Test
    void shouldKeepTheInterruptOfTheThreadThatEndsTheLine() {
        Thread.currentThread().interrupt();
        try {
            bar.finished(new Progress.Snapshot(2, 0, OptionalLong.of(2), Duration.ofSeconds(1), java.util.Map.of()));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(text()).contains("2/2").endsWith("\n");
    }

    @Test
    void shouldTellWhenAWalkIsOverBecauseOfItsTimeLimit() {
        var pending = new Future<Integer>();
        var seen = new java.util.ArrayList<Progress.Snapshot>();
        Progress listener = new Progress() {
            @Override
            public void update(Snapshot snapshot) {}

            @Override
            public void finished(Snapshot snapshot) {
                seen.add(snapshot);
            }
        };
        assertThatThrownBy(() -> new AsCompleted<>(java.util.Set.of(pending), System.nanoTime(), 0, listener).next())
                .isInstanceOf(CompletionException.class);
        assertThat(seen).singleElement().extracting(Progress.Snapshot::done).isEqualTo(0L);
    }

    @Test
    void shouldRefuseALineWithoutRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsoleProgress.on("narrow", System.err, 20))
                .withMessageContaining("width=20");
    }

    @Test
    void shouldNameTheLibraryWhenItIsMissing() throws Exception {
        URL[] withoutIt = Stream.of(ConsoleProgress.class, Lock.class, Queue.class, Logger.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .distinct()
                .toArray(URL[]::new);
        try (var loader = new URLClassLoader(withoutIt, ClassLoader.getPlatformClassLoader())) {
            var of = loader.loadClass(ConsoleProgress.class.getName()).getMethod("of", String.class);
            assertThatThrownBy(() -> of.invoke(null, "pages"))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("add me.tongfei:progressbar:0.10.2 to its dependencies");
        }
    }

    @Test
    void shouldDrawWhileTheWorkGoesOn() {
        var slow = new ProgressMeter(bar, OptionalLong.of(10));
        slow.ended("", false);
        Deadlines.eventually("the bar appears", () -> {
            slow.ended("", false);
            return text().contains("numbers");
        });
        bar.close();
        assertThat(text()).endsWith("\n");
    }
}
