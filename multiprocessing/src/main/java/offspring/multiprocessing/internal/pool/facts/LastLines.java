package offspring.multiprocessing.internal.pool.facts;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Output;
import org.jspecify.annotations.Nullable;

/**
 * The last lines that a worker printed to its standard error, kept on their way to where they go anyway.
 *
 * <p>Written by the thread that pumps the worker's lines, read by whoever explains its death; guarded by the lock.
 */
public final class LastLines implements Consumer<String> {

    private static final int KEPT = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final @Nullable Consumer<String> next;

    private LastLines(@Nullable Consumer<String> next) {
        this.next = next;
    }

    /** What stands between a worker and this output; null where lines go to a file and never come by. */
    public static @Nullable LastLines before(Output errors) {
        if (errors.lines() != null) {
            return new LastLines(errors.lines());
        }
        return errors.redirect().equals(ProcessBuilder.Redirect.INHERIT) ? new LastLines(null) : null;
    }

    @Override
    public void accept(String line) {
        lock.lock();
        try {
            if (lines.size() == KEPT) {
                lines.removeFirst();
            }
            lines.addLast(line);
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.accept(line);
        } else {
            print(line);
        }
    }

    /** To the descriptor that the worker would have inherited; in one piece, so that lines of several workers do not mix. */
    private static void print(String line) {
        byte[] bytes = (line + System.lineSeparator()).getBytes(Charset.defaultCharset());
        try {
            Inherited.STREAM.write(bytes);
        } catch (IOException e) {
            Logs.of(LastLines.class).debug("standard error takes no more lines", e);
        }
    }

    /** Never closed: the descriptor is the process's. */
    private static final class Inherited {
        static final FileOutputStream STREAM = new FileOutputStream(FileDescriptor.err);
    }

    /** The last lines, the oldest first. */
    public List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }
}
