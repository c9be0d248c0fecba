package offspring.futures;

import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on the console: what {@code tqdm} is to users of Python.
 *
 * <pre>{@code
 * try (var bar = ConsoleProgress.of("pages")) {
 *     List<Page> pages = pool.withProgress(bar).map(Page::fetch, addresses);
 * }
 * }</pre>
 *
 * <pre>
 * pages  42% [==========>              ]  420/1000 (0:00:07 / 0:00:09) 59.8/s, 3 failed
 * </pre>
 *
 * <p>It listens wherever a {@link Progress} does: {@link Pool#withProgress}, for {@code map} and {@code imap}, {@link
 * Futures#asCompleted(Iterable, Progress)}, a {@link ProgressMeter} of one's own. The bar appears with the first news, is drawn a few
 * times a second, and its line ends with the work, well or not. A work that is given up, like a walk over results that is left
 * early, is seen by nobody: {@link #close()} ends the line then. One listener may follow one work after the other, each with a bar of
 * its own; works at the same time need a listener each.
 *
 * <p>Any thread may call. The thread that draws is one for all bars of the JVM, a daemon that stays.
 *
 * <p><b>What it needs.</b> The bar is drawn by the library {@code me.tongfei:progressbar}, which is an optional dependency: programs
 * that use this class add {@value #COORDINATES}, or newer, themselves, and on the module path {@code --add-modules
 * me.tongfei.progressbar} or a {@code requires} of their own.
 *
 * @since 0.1.0
 */
public final class ConsoleProgress implements Progress, AutoCloseable {

    /** What to add to a program that uses this class. */
    public static final String COORDINATES = "me.tongfei:progressbar:0.10.2";

    private static final int WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    private final PrintStream out;
    private final String name;
    private final int width;

    /** Guards the two below. A listener of many workers is called by one at a time, but anybody may close. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable ConsoleBar bar;
    private volatile boolean closed;

    private ConsoleProgress(PrintStream out, String name, int width) {
        this.out = Objects.requireNonNull(out, "out: null; give where to draw");
        this.name = Objects.requireNonNull(name, "name: null; give what stands before the bar");
        if (width < LEAST_WIDTH) {
            throw new IllegalArgumentException(
                    "width=" + width + " leaves no room for a bar; give at least " + LEAST_WIDTH);
        }
        this.width = width;
        requireLibrary();
    }

    private static void requireLibrary() {
        try {
            ConsoleBar.touchLibrary();
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "a progress bar is drawn by a library that this program does not have; add " + COORDINATES
                            + " to its dependencies, or give a Progress of your own",
                    missing);
        }
    }

    /**
     * A bar on standard error, 100 columns wide.
     *
     * @param name what stands before the bar; may be empty
     * @return a listener
     * @throws IllegalStateException if the library is missing
     */
    public static ConsoleProgress of(String name) {
        return new ConsoleProgress(System.err, name, WIDTH);
    }

    /**
     * A bar on a stream.
     *
     * @param name what stands before the bar; may be empty
     * @param out where it is drawn; is not closed
     * @param width of the whole line, in columns; at least 40
     * @return a listener
     * @throws IllegalArgumentException if {@code width} is less than 40
     * @throws IllegalStateException if the library is missing
     */
    public static ConsoleProgress on(String name, PrintStream out, int width) {
        return new ConsoleProgress(out, name, width);
    }

    @Override
    public void update(Snapshot snapshot) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            ConsoleBar drawn = bar;
            if (drawn == null) {
                drawn = new ConsoleBar(name, out, width, snapshot);
                bar = drawn;
            }
            drawn.show(snapshot);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void finished(Snapshot snapshot) {
        update(snapshot);
        end();
    }

    private void end() {
        lock.lock();
        try {
            ConsoleBar drawn = bar;
            bar = null;
            if (drawn != null) {
                drawn.end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the line of a bar that has not ended, and draws no other. May be repeated. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            end();
        } finally {
            lock.unlock();
        }
    }

    /** Like Python's: {@code <ConsoleProgress pages>}. */
    @Override
    public String toString() {
        return "<ConsoleProgress " + name + (closed ? " closed" : "") + ">";
    }
}
