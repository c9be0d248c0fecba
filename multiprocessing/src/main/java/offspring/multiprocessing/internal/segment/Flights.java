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
 *     0  ticket: 0 free, else  PIPE, BOARDING or neither | number of the departure << 40 | who carries it
 *     8  reference of the cell
 *
 *   who carries it:  the id of the pipe with the message (PIPE), the identity of the process that is about to send it
 *                    (BOARDING), the identity of the child that is to be started with it (neither)
 * </pre>
 *
 * <p>The sender takes a flight by compare-and-set of the ticket from 0 to a BOARDING one, writes the reference, and then the ticket
 * that goes into the handle. Who receives the handle clears the ticket, by compare-and-set. A flight whose carrier is gone (the child ended
 * before it read its record; nobody holds the pipe any more; the sender died while boarding) is cleared by the next {@linkplain
 * Cells#sweep sweep}, in the same way.
 *
 * <p><b>Why the number.</b> A handle that occurs twice in one message lands twice. Between the two, the flight may be somebody else's, with
 * the same carrier; without a number the second landing would clear it, and what it keeps could be freed before it arrives.
 */
final class Flights {

    static final int CHUNK_BYTES = 1 << 13;

    private static final long PIPE = 1L << 62;
    private static final long BOARDING = 1L << 61;
    private static final int NUMBER_SHIFT = 40;
    private static final long NUMBERS = (1L << 21) - 1;
    private static final long CARRIER = (1L << NUMBER_SHIFT) - 1;

    private static final int FLIGHT = 16;
    private static final int PER_CHUNK = CHUNK_BYTES / FLIGHT;
    private static final int REFERENCE = 8;

    private final Chunks chunks;
    private final ProcessTable processes;
    private final long self;
    private final ReentrantLock searching = new ReentrantLock();
    private int next;

    Flights(Chunks chunks, ProcessTable processes, long self) {
        this.chunks = chunks;
        this.processes = processes;
        this.self = self;
    }

    /** A flight and the ticket to it. */
    record Departure(int flight, long ticket) {}

    /** Notes that a handle leaves for a child. */
    Departure departForChild(long reference, long child) throws IOException {
        return depart(reference, child);
    }

    /** Notes that a handle leaves in a message for the pipe with this id. */
    Departure departForPipe(long reference, long pipe) throws IOException {
        return depart(reference, pipe | PIPE);
    }

    private Departure depart(long reference, long carrier) throws IOException {
        long number = (processes.nextId() & NUMBERS) << NUMBER_SHIFT;
        searching.lock();
        try {
            while (true) {
                int count = chunks.count();
                int all = count * PER_CHUNK;
                for (int i = 0; i < all; i++) {
                    int flight = (next + i) % all;
                    Segment segment = chunks.get(flight / PER_CHUNK);
                    int at = flight % PER_CHUNK * FLIGHT;
                    if (segment.getVolatile(at) == 0 && segment.compareAndSet(at, 0, self | number | BOARDING)) {
                        segment.putVolatile(at + REFERENCE, reference);
                        segment.putVolatile(at, carrier | number);
                        next = flight + 1;
                        return new Departure(flight, carrier | number);
                    }
                }
                chunks.grow(count);
            }
        } finally {
            searching.unlock();
        }
    }

    /** The handle has arrived, or will not. Does nothing if that was said before. */
    void land(int flight, long ticket) throws IOException {
        Segment segment = chunks.get(flight / PER_CHUNK);
        segment.compareAndSet(flight % PER_CHUNK * FLIGHT, ticket, 0);
    }

    /** Calls back with each cell that is on its way; clears the flights whose carrier is gone. */
    void forEach(LongPredicate pipeIsThere, LongConsumer visitor) throws IOException {
        int count = chunks.count();
        for (int flight = 0; flight < count * PER_CHUNK; flight++) {
            Segment segment = chunks.get(flight / PER_CHUNK);
            int at = flight % PER_CHUNK * FLIGHT;
            long ticket = segment.getVolatile(at);
            if (ticket == 0) {
                continue;
            }
            long carrier = ticket & CARRIER;
            if ((ticket & PIPE) != 0 ? pipeIsThere.test(carrier) : processes.isAlive(carrier)) {
                visitor.accept(segment.getVolatile(at + REFERENCE));
            } else {
                segment.compareAndSet(at, ticket, 0);
            }
        }
    }
}
