package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Handles of cells that have left one process and not yet arrived at another.
 *
 * <pre>
 *   flight (16 bytes)
 *     0  carrier: 0 free · BOARDING · the identity of a child that is to be started with it · PIPE | id of the pipe with the message
 *     8  reference of the cell
 * </pre>
 *
 * <p>The sender takes a flight by compare-and-set of the carrier from 0 to BOARDING, writes the reference, and then the carrier.
 * Who receives the handle clears the carrier, by compare-and-set. A flight whose carrier is gone (the child ended before it read
 * its record; nobody holds the pipe any more) is cleared by the next {@linkplain Cells#sweep sweep}, in the same way: a carrier that
 * is gone does not come back, so nobody else's flight can be meant.
 *
 * <p><b>A kill</b> while boarding loses one flight, with what it refers to, until the session ends.
 */
final class Flights {

    /** Marks the carrier as a pipe. */
    static final long PIPE = 1L << 62;

    static final int CHUNK_BYTES = 1 << 13;
    private static final long BOARDING = 1;
    private static final int FLIGHT = 16;
    private static final int PER_CHUNK = CHUNK_BYTES / FLIGHT;
    private static final int REFERENCE = 8;

    private final Chunks chunks;
    private final ReentrantLock searching = new ReentrantLock();
    private int next;

    Flights(Chunks chunks) {
        this.chunks = chunks;
    }

    /** Notes that a handle leaves; gives the flight's number. */
    int depart(long reference, long carrier) throws IOException {
        searching.lock();
        try {
            while (true) {
                int count = chunks.count();
                int all = count * PER_CHUNK;
                for (int i = 0; i < all; i++) {
                    int flight = (next + i) % all;
                    Segment segment = chunks.get(flight / PER_CHUNK);
                    int at = flight % PER_CHUNK * FLIGHT;
                    if (segment.getVolatile(at) == 0 && segment.compareAndSet(at, 0, BOARDING)) {
                        segment.putVolatile(at + REFERENCE, reference);
                        segment.putVolatile(at, carrier);
                        next = flight + 1;
                        return flight;
                    }
                }
                chunks.grow(count);
            }
        } finally {
            searching.unlock();
        }
    }

    /** The handle has arrived, or will not. Does nothing if that was said before. */
    void land(int flight, long carrier) throws IOException {
        Segment segment = chunks.get(flight / PER_CHUNK);
        segment.compareAndSet(flight % PER_CHUNK * FLIGHT, carrier, 0);
    }

    /** Calls back with each cell that is on its way; clears the flights whose carrier is gone. */
    void forEach(LongPredicate carrierIsThere, LongConsumer visitor) throws IOException {
        int count = chunks.count();
        for (int flight = 0; flight < count * PER_CHUNK; flight++) {
            Segment segment = chunks.get(flight / PER_CHUNK);
            int at = flight % PER_CHUNK * FLIGHT;
            long carrier = segment.getVolatile(at);
            if (carrier == 0) {
                continue;
            }
            if (carrier == BOARDING || carrierIsThere.test(carrier)) {
                visitor.accept(segment.getVolatile(at + REFERENCE));
            } else {
                segment.compareAndSet(at, carrier, 0);
            }
        }
    }
}
