package offspring.javadoc;

import static offspring.javadoc.Logged.log;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import offspring.core.Barrier;
import offspring.core.Event;
import offspring.futures.AsyncResult;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.futures.Outcome;
import offspring.futures.Parallel;
import offspring.futures.Pool;
import offspring.threading.ThreadPool;
import offspring.threading.ThreadPoolExecutor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples of executors and pools on threads, and of their results. */
class FuturesExamplesTest {

    private final List<String> addresses = List.of("/a", "/b", "/c");
    private final Queue<Object> shown = new ConcurrentLinkedQueue<>();
    private final Event hasShown = new Event();

    private void show(Object what) {
        shown.add(what);
        hasShown.set();
    }

    private static List<Page> pagesAt(List<String> addresses) {
        return addresses.stream()
                .map(address -> new Page(address, "the page at " + address))
                .toList();
    }

    private static int add(int a, int b) {
        return a + b;
    }

    @Test
    void shouldSubmit() throws Exception {
        try (var out = Printed.open()) {
            // region futures.Executor
            try (Executor executor = new ThreadPoolExecutor(4)) {
                Future<Integer> sum = executor.submit(() -> add(20, 22));
                System.out.println(sum.result()); // 42
            } // waits for the work
            // endregion
            assertThat(out.lines()).containsExactly("42");
        }
    }

    @Test
    void shouldHearOfAResultAndWaitForIt() throws Exception {
        try (var out = Printed.open()) {
            int result;
            try (Executor executor = new ThreadPoolExecutor(1)) {
                // region futures.Future
                Future<Integer> answer = executor.submit(() -> slowlyComputed());
                answer.addDoneCallback(f -> System.out.println("ready: " + f));
                int value = answer.result(Duration.ofSeconds(5));
                // endregion
                result = value;
            }
            assertThat(result).isEqualTo(42);
            assertThat(out.lines()).singleElement().asString().startsWith("ready: <Future");
        }
    }

    private static int slowlyComputed() {
        return IntStream.rangeClosed(1, 42).map(i -> 1).sum();
    }

    /** The second and the third page come when the first one was shown. */
    @Test
    void shouldTakeWhatComesFirst() throws Exception {
        try (var out = Printed.open();
                Executor executor = new ThreadPoolExecutor(3)) {
            List<Future<Page>> pages = Stream.of("/a", "/b", "/c")
                    .map(address -> executor.submit(() -> {
                        if (!address.equals("/a")) {
                            hasShown.await();
                        }
                        return Page.fetch(address);
                    }))
                    .toList();
            // region futures.Futures
            var first = Futures.await(pages, Futures.ReturnWhen.FIRST_COMPLETED, Duration.ofSeconds(5));
            System.out.println(first.done().size() + " of " + pages.size()); // 1 of 3

            for (Future<Page> page : Futures.asCompleted(pages)) show(page.result());
            // endregion
            assertThat(out.lines()).containsExactly("1 of 3");
            assertThat(shown).first().isEqualTo(new Page("/a", "the page at /a"));
            assertThat(shown).containsExactlyInAnyOrderElementsOf(pagesAt(addresses));
        }
    }

    @Test
    void shouldMapOnAPool() throws Exception {
        try (var out = Printed.open()) {
            // region futures.Pool
            try (Pool pool = new ThreadPool(4)) {
                System.out.println(pool.map(x -> x * x, List.of(1, 2, 3))); // [1, 4, 9]
                for (var it = pool.imapUnordered(Page::fetch, addresses); it.hasNext(); ) show(it.next());
            } // waits for the work
            // endregion
            assertThat(out.lines()).containsExactly("[1, 4, 9]");
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(pagesAt(addresses));
    }

    /** Something that moves on the screen. */
    private interface Spinner {
        void turn();
    }

    @Test
    void shouldTurnASpinnerUntilAResultIsThere() throws Exception {
        Spinner spinner = () -> show("a turn");
        try (Pool pool = new ThreadPool(2)) {
            // region futures.AsyncResult
            AsyncResult<List<Page>> pages = pool.mapAsync(Page::fetch, addresses);
            while (!pages.await(Duration.ofSeconds(1))) spinner.turn();
            show(pages.get());
            // endregion
        }
        assertThat(shown).last().isEqualTo(pagesAt(addresses));
    }

    @Test
    void shouldStopWhenThereIsEnough() {
        Iterable<String> endlessAddresses =
                () -> IntStream.iterate(1, i -> i + 1).mapToObj(i -> "/" + i).iterator();
        int enough = 5;
        try (Pool pool = new ThreadPool(2)) {
            // region futures.ResultIterator
            try (var pages = pool.imap(Page::fetch, endlessAddresses)) {
                while (enough > 0 && pages.hasNext()) enough -= keep(pages.next());
            } // what was not begun is not done any more
            // endregion
        }
        assertThat(shown).hasSize(5);
        assertThat(enough).isZero();
    }

    private int keep(Page page) {
        shown.add(page);
        return 1;
    }

    private record Image(Path file) {
        static Image load(Path file) throws IOException {
            if (file.endsWith("none.png")) {
                throw new NoSuchFileException(file.toString());
            }
            return new Image(file);
        }
    }

    @Test
    void shouldSkipWhatFailed() throws Exception {
        List<Path> files = List.of(Path.of("a.png"), Path.of("none.png"), Path.of("b.png"));
        try (var logged = Logged.open();
                Pool pool = new ThreadPool(2)) {
            // region futures.Outcome
            for (Outcome<Image> outcome : pool.mapOutcomes(Image::load, files)) {
                if (outcome.succeeded()) show(outcome.value());
                else log.warn("skipped", outcome.failure());
            }
            // endregion
            assertThat(logged.messages()).containsExactly("skipped");
        }
        assertThat(shown).containsExactly(new Image(Path.of("a.png")), new Image(Path.of("b.png")));
    }

    @Test
    void shouldMapOnThreads() throws Exception {
        try (var out = Printed.open()) {
            // region threading.ThreadPool
            try (var pool = new ThreadPool(4)) {
                List<Page> pages = pool.map(Page::fetch, addresses); // in the order of the addresses
                System.out.println(pages.size()); // 3
            }
            // endregion
            assertThat(out.lines()).containsExactly("3");
        }
    }

    @Test
    void shouldBuildAnExecutor() throws Exception {
        String address = "/a";
        // region threading.ThreadPoolExecutor
        try (var executor = ThreadPoolExecutor.builder()
                .maxWorkers(8)
                .threadNamePrefix("fetch")
                .build()) {
            Future<Page> page = executor.submit(() -> Page.fetch(address));
            show(page.result());
        }
        // endregion
        assertThat(shown).containsExactly(new Page("/a", "the page at /a"));
    }

    /** The threads that {@link Parallel} starts by itself stay as long as this JVM: no test leaves them behind. */
    @BeforeAll
    static void startTheThreadsOfParallel() throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        var allThere = new Barrier(threads);
        Function<Integer, Future<Integer>> meet = Parallel.parallel(i -> allThere.await());
        for (Future<Integer> met :
                IntStream.range(0, threads).mapToObj(meet::apply).toList()) met.result();
    }

    @Test
    void shouldMakeAFunctionAndALoopParallel() throws Exception {
        String address = "/a";
        List<Path> files = List.of(Path.of("a"), Path.of("b"));
        // region futures.Parallel
        Function<String, Future<Page>> fetch = Parallel.parallel(Page::fetch);
        Future<Page> page = fetch.apply(address); // returns at once

        Parallel.forEach(files, file -> compress(file)); // returns when all are compressed
        // endregion
        assertThat(page.result().address()).isEqualTo("/a");
        assertThat(shown).containsExactlyInAnyOrderElementsOf(files);
    }

    private void compress(Path file) {
        shown.add(file);
    }
}
