package offspring.multiprocessing;

import java.io.IOException;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.ring.PipeFile;

/**
 * Two connected ends through which messages go between threads and processes: Python's {@code multiprocessing.Pipe}.
 *
 * <pre>{@code
 * Pipe pipe = Pipe.oneWay();
 * Connection writer = pipe.second();
 * var child = new Process(() -> writer.send(List.of(1, 2, 3)));
 * child.start();
 * writer.close(); // the child has its own hold on it
 * List<?> numbers = pipe.first().recv(List.class); // [1, 2, 3]
 * }</pre>
 *
 * <p>With {@link #duplex()} both ends send and receive, as with Python's {@code Pipe()}. With {@link #oneWay()} the first receives
 * and the second sends, as with {@code Pipe(duplex=False)}, whose result one unpacks in that order.
 *
 * <p>The ends may be used in one process, or captured by a process's target, or sent through another connection; see {@link
 * Connection} for blocking, ends of file, interruption, deaths and memory effects.
 *
 * <p>The messages lie in memory that the processes share, 256 KiB for each direction; a sender waits when that is full. A pipe
 * whose ends nobody holds any more gives it back.
 *
 * @since 0.1.0
 */
public final class Pipe implements AutoCloseable {

    private final Connection first;
    private final Connection second;

    private Pipe(boolean duplex) throws IOException {
        PipeFile file = PipeFile.create(duplex);
        this.first = new PipeConnection(file.end(0));
        this.second = new PipeConnection(file.end(1));
    }

    /**
     * A pipe whose both ends send and receive.
     *
     * @return the pipe
     * @throws IOException if there is no room for its memory
     */
    public static Pipe duplex() throws IOException {
        return new Pipe(true);
    }

    /**
     * A pipe whose first end receives what the second sends.
     *
     * @return the pipe
     * @throws IOException if there is no room for its memory
     */
    public static Pipe oneWay() throws IOException {
        return new Pipe(false);
    }

    /**
     * The first end; of a one-way pipe, the one that receives.
     *
     * @return the first end
     */
    public Connection first() {
        return first;
    }

    /**
     * The second end; of a one-way pipe, the one that sends.
     *
     * @return the second end
     */
    public Connection second() {
        return second;
    }

    /** Closes both ends, as far as this process holds them. */
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
