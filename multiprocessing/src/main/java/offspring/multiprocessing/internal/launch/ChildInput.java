package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of a child's standard input: records and single bytes, which arrive in the order in which they were given.
 *
 * <p>A record may be larger than a pipe holds, and the child may read late, or never. Only the thread that writes waits for that; what
 * others give meanwhile waits in a queue, and they go on.
 */
final class ChildInput {

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    /** Whether a thread writes, or has promised to. */
    private boolean writing;
    /** Why nothing arrives any more. */
    private @Nullable IOException broken;

    /** An input to which {@code first} is given; somebody must {@linkplain #write} it. */
    ChildInput(OutputStream out, byte[] first) {
        this.out = out;
        waiting.add(first);
        writing = true;
    }

    /** Gives bytes, and writes them if nobody else writes. */
    void give(byte... bytes) throws IOException {
        if (queue(bytes)) {
            write();
        }
    }

    /** Gives bytes, which come after all that was given before; says whether the caller has to see to it that they are {@linkplain #write written}. */
    boolean queue(byte... bytes) throws IOException {
        lock.lock();
        try {
            if (broken != null) {
                throw new IOException("the child reads no more", broken);
            }
            waiting.add(bytes);
            boolean mine = !writing;
            writing = true;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    /** Writes all that was given. By the thread that has said that it would. */
    void write() throws IOException {
        for (byte[] bytes = next(); bytes != null; bytes = next()) {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                breakOff(e);
                throw e;
            }
        }
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            byte[] bytes = waiting.poll();
            writing = bytes != null;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private void breakOff(IOException why) {
        lock.lock();
        try {
            broken = why;
            waiting.clear();
            writing = false;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody needs the child's input any more. */
    void close() throws IOException {
        out.close();
    }
}
