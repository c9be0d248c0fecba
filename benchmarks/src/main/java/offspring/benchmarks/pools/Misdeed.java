package offspring.benchmarks.pools;

import dyorgio.runtime.out.process.CallableSerializable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * What a task can do to those who run it. Each misdeed is done in a JVM of its own, the parent, with one library: {@link
 * #main} does it, writes what came of it into a file, and ends at once with all its children.
 *
 * <pre>
 *   Misbehaviour ──starts──► parent (main) ──by the library──► child: the task
 *        │                      │ writes "verdict"                │ writes "pid"
 *        └────────── reads ─────┴─────────────────────────────────┘
 * </pre>
 */
enum Misdeed {
    HALT("halts its JVM") {
        @Override
        String done(Library library, Folder folder, Duration limit) throws Exception {
            ExecutorService executor = library.open();
            CallableSerializable<Integer> halt = () -> {
                Runtime.getRuntime().halt(7);
                return 0;
            };
            firstCall(executor);
            return attempt(limit, () -> executor.submit(halt).get()) + ";<br>" + nextCall(executor, limit);
        }
    },

    CANCEL("loops for ever, and is cancelled") {
        @Override
        String done(Library library, Folder folder, Duration limit) throws Exception {
            ExecutorService executor = library.open();
            Future<Integer> future = executor.submit(loop(folder));
            ProcessHandle child = folder.awaitChild(START);
            long start = System.nanoTime();
            String cancelled = attempt(limit, () -> future.cancel(true));
            String gone = Watch.awaitEnd(child, start, limit);
            return "<code>cancel(true)</code> " + cancelled + ", the child " + gone + ";<br>"
                    + nextCall(executor, limit);
        }
    },

    TIME_LIMIT("loops for ever, with a time limit of 1 s") {
        @Override
        String done(Library library, Folder folder, Duration limit) throws Exception {
            if (!library.hasTimeLimit()) {
                return "has no time limits";
            }
            ExecutorService executor = library.open(Duration.ofSeconds(1));
            Future<Integer> future = executor.submit(loop(folder));
            ProcessHandle child = folder.awaitChild(START);
            long start = System.nanoTime();
            String failed = attempt(limit, future::get);
            return failed + ", the child " + Watch.awaitEnd(child, start, limit) + ";<br>" + nextCall(executor, limit);
        }
    },

    /** The parent only has the task begin; {@link Misbehaviour} kills it. */
    ORPHAN("loops for ever, and the parent is killed") {
        @Override
        String done(Library library, Folder folder, Duration limit) throws Exception {
            Future<Integer> future = library.open().submit(loop(folder));
            return "ended by itself: " + attempt(START.plus(limit), future::get);
        }
    };

    /** How long a library may take to begin a task, at most. */
    static final Duration START = Duration.ofSeconds(20);

    private final String title;

    Misdeed(String title) {
        this.title = title;
    }

    /** What the table calls it. */
    String title() {
        return title;
    }

    /** Does it and tells what came of it. */
    abstract String done(Library library, Folder folder, Duration limit) throws Exception;

    /**
     * The parent.
     *
     * @param args the library, the misdeed, the folder for the files, and the seconds after which nothing is waited for
     */
    public static void main(String... args) throws Exception {
        Folder folder = new Folder(args[2]);
        Duration limit = Duration.ofNanos((long) (Double.parseDouble(args[3]) * 1e9));
        try {
            folder.write(Folder.VERDICT, valueOf(args[1]).done(Library.valueOf(args[0]), folder, limit));
        } catch (Throwable failure) {
            LoggerFactory.getLogger(Misdeed.class).error("no verdict", failure);
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0); // some libraries' threads would keep this JVM
    }

    private static CallableSerializable<Integer> loop(Folder folder) {
        return () -> {
            folder.write(Folder.PID, String.valueOf(ProcessHandle.current().pid()));
            while (true) {
                Thread.onSpinWait();
            }
        };
    }

    /** So that what follows does not include the start of the child. */
    private static void firstCall(ExecutorService executor) throws Exception {
        CallableSerializable<Integer> call = () -> 1;
        executor.submit(call).get(START.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static String nextCall(ExecutorService executor, Duration limit) throws InterruptedException {
        CallableSerializable<Integer> call = () -> 42;
        return "the next call " + attempt(limit, () -> executor.submit(call).get());
    }

    /** How an action ends, if it does in time. */
    private static String attempt(Duration limit, Callable<?> action) throws InterruptedException {
        FutureTask<Object> attempt = new FutureTask<>(action::call);
        Thread thread = new Thread(attempt, "attempt");
        thread.setDaemon(true);
        long start = System.nanoTime();
        thread.start();
        try {
            Object result = attempt.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return "returns " + result + " after " + Watch.since(start);
        } catch (ExecutionException failure) {
            return "throws <code>" + reason(failure).getClass().getSimpleName() + "</code> after " + Watch.since(start);
        } catch (TimeoutException tooLong) {
            return "has <b>no end</b> after " + Watch.since(start);
        }
    }

    private static Throwable reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof ExecutionException && cause != null ? reason(cause) : failure;
    }

    /**
     * Where the parent, its child and we leave word for each other.
     *
     * @param path the folder
     */
    record Folder(String path) implements java.io.Serializable {

        static final String PID = "pid";
        static final String VERDICT = "verdict";

        Path file(String name) {
            return Path.of(path, name);
        }

        /** In one step, so that a reader never sees half of it. */
        void write(String name, String text) throws IOException {
            Path draft = file(name + ".draft");
            Files.writeString(draft, text);
            Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE);
        }

        /** The process that runs the task, once it does. */
        ProcessHandle awaitChild(Duration limit) throws IOException, InterruptedException {
            long start = System.nanoTime();
            while (!Files.exists(file(PID))) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new IOException("the task did not begin within " + limit);
                }
                Thread.sleep(1);
            }
            long pid = Long.parseLong(Files.readString(file(PID)));
            return ProcessHandle.of(pid)
                    .orElseThrow(() -> new IOException("the task's process " + pid + " is gone already"));
        }
    }
}
