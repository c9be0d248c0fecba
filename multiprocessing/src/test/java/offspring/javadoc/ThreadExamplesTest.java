package offspring.javadoc;

import static offspring.javadoc.Logged.log;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import offspring.core.Thread;
import offspring.core.ThreadExitException;
import offspring.core.Timer;
import offspring.core.function.CheckedRunnable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.threading.Local;
import offspring.threading.StoppableThread;
import offspring.threading.Threading;
import org.junit.jupiter.api.Test;

/** The examples of threads and of what belongs to one of them. */
class ThreadExamplesTest {

    private final Queue<Object> done = new ConcurrentLinkedQueue<>();

    private static final class Clock {
        static void tick() {}
    }

    private void crunch(List<Integer> numbers) {
        done.addAll(numbers);
    }

    private void scan(Path file) {
        done.add(file);
    }

    private void handle(String letter) {
        done.add(letter);
    }

    @Test
    void shouldStartAThread() throws Exception {
        List<Integer> numbers = List.of(1, 2, 3);
        // region core.Thread
        var worker = new Thread(() -> crunch(numbers), "cruncher"); // or a subclass that overrides run()
        worker.start();
        worker.join();

        var clock = Thread.builder().target(Clock::tick).daemon(true).build(); // named "Thread-1 (tick)"
        // endregion
        assertThat(done).containsExactly(1, 2, 3);
        assertThat(worker.name()).isEqualTo("cruncher");
        assertThat(clock.name()).matches("Thread-\\d+ \\(tick\\)");
        assertThat(clock.daemon()).isTrue();
    }

    @Test
    void shouldEndAThreadFromInside() throws Exception {
        var worker = new Thread(() -> {
            // region core.ThreadExitException
            if (nothingLeftToDo()) {
                throw new ThreadExitException("queue is drained");
            }
            // endregion
            done.add("more");
        });
        worker.start();
        worker.join(); // that nothing is told to the except hook, LeakCheck sees
        assertThat(done).isEmpty();
    }

    private boolean nothingLeftToDo() {
        return done.isEmpty();
    }

    @Test
    void shouldCancelATimer() throws Exception {
        try (var logged = Logged.open()) {
            // region core.Timer
            var alarm = new Timer(Duration.ofSeconds(30), () -> log.warn("still no answer"));
            alarm.start();
            String answer = ask();
            alarm.cancel();
            // endregion
            alarm.join();
            assertThat(answer).isEqualTo("yes");
            assertThat(logged.messages()).isEmpty();
        }
    }

    private static String ask() {
        return "yes";
    }

    @Test
    void shouldListThreadsAndHearOfTheirFailures() throws Exception {
        var before = Threading.excepthook();
        try (var out = Printed.open();
                var logged = Logged.open()) {
            // region threading.Threading
            for (Thread thread : Threading.enumerate()) {
                System.out.println(thread.name() + (thread == Threading.currentThread() ? " <- me" : ""));
            }
            Threading.setExcepthook(args -> log.error("thread {} died", args.thread(), args.exception()));
            // endregion
            assertThat(out.lines()).contains(Threading.currentThread().name() + " <- me");

            var failing = new Thread(() -> Integer.parseInt("seven"), "parser");
            failing.start();
            failing.join();
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .startsWith("thread ")
                    .contains("parser", "died");
        } finally {
            Threading.setExcepthook(before);
        }
    }

    @Test
    void shouldTellFailuresToTheHandlerOfTheJvm() throws Exception {
        var hookBefore = Threading.excepthook();
        var handlerBefore = java.lang.Thread.getDefaultUncaughtExceptionHandler();
        java.lang.Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> done.add(failure.getMessage()));
        try {
            // region threading.Threading 2
            Threading.setExcepthook(args -> java.lang.Thread.getDefaultUncaughtExceptionHandler()
                    .uncaughtException(java.lang.Thread.currentThread(), args.exception()));
            // endregion
            var failing = new Thread(() -> {
                throw new IllegalStateException("no account");
            });
            failing.start();
            failing.join();
            assertThat(done).containsExactly("no account");
        } finally {
            Threading.setExcepthook(hookBefore);
            java.lang.Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
        }
    }

    @Test
    void shouldShareAnIterator() {
        List<Path> allFiles = List.of(Path.of("a"), Path.of("b"), Path.of("c"));
        // region threading.Threading 3
        Iterable<Path> files = Threading.serializeIterator(allFiles);
        CheckedRunnable worker = () -> { // in as many threads as one likes: each file is scanned by one
            for (Path file : files) scan(file);
        };
        // endregion
        try (var crew = Crew.start(3, worker)) {
            crew.join();
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(allFiles);
    }

    // region threading.Local
    static final Local<StringBuilder> LINE = new Local<>(StringBuilder::new);

    static String note(String word) {
        return LINE.get().append(word).toString(); // in any thread: its own builder, made at its first get()
    }
    // endregion

    @Test
    void shouldHaveAValueOfItsOwnInEachThread() throws Exception {
        note("mine");
        var other = new Thread(() -> done.add(note("yours")));
        other.start();
        other.join();
        assertThat(note(", too")).isEqualTo("mine, too");
        assertThat(done).containsExactly("yours");
        LINE.remove();
    }

    @Test
    void shouldSuspendResumeAndTerminate() throws Exception {
        var inbox = new offspring.queue.Queue<String>();
        List<Path> files = List.of(Path.of("a"), Path.of("b"));
        // region threading.StoppableThread
        var poller = new StoppableThread(() -> handle(inbox.get())); // one step, repeated until terminated
        poller.start();
        poller.suspend(); // from the end of the current step on, it rests
        poller.resume();
        poller.terminate(); // ends it, also out of inbox.get()
        poller.join();

        var search = StoppableThread.withBody(self -> {
            for (Path file : files) {
                self.checkpoint(); // in a work of one's own, where it suits
                scan(file);
            }
        });
        // endregion
        assertThat(poller.isAlive()).isFalse();
        search.start();
        assertThat(search.join(Deadlines.PATIENCE)).isTrue();
        assertThat(done).containsExactlyElementsOf(files);
    }
}
