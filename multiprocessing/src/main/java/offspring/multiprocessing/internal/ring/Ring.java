package offspring.multiprocessing.internal.ring;

import java.io.IOException;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * Messages in one direction, through a circle of shared bytes: written by whoever holds the writing end, read by whoever
 * holds the reading end, each message whole, once, in the order of writing.
 *
 * <pre>
 *   header                                          data: capacity bytes, a power of two
 *     0  written   bytes ever written               ...|header|payload.......|pad|header|payload...
 *     8  counted   messages << 32 | position / 8            ▲                      ▲
 *   128  read      bytes ever read                    read % capacity       written % capacity
 *   136  counted   messages << 32 | position / 8
 *   256  writer    {@link SharedLock}
 *   272  stream    identity of a process in the middle of a message, or 0
 *   384  reader    {@link SharedLock}
 *   512  data      {@link WaitPoint} of readers
 *   520  room      {@link WaitPoint} of writers
 *
 *   record header (8 bytes): payload length in the low 32 bits, then FIRST and LAST
 * </pre>
 *
 * <p><b>Who writes what.</b> {@code written}, {@code stream} and the bytes from {@code written} on belong to the holder of
 * {@code writer}; {@code read} belongs to the holder of {@code reader}.
 *
 * <p><b>What publishes.</b> A record is in the ring when {@code written} is stored, in release mode, after its bytes; the reader's
 * load of {@code written} is its partner. Were either weaker than release and acquire, a reader could see the count before
 * the bytes. Room is given back by the store of {@code read}, after the bytes were copied out; its partner is the writer's
 * load. The look at the wait points must not come before the store; so a full fence stands between the two, one for the
 * position and the lock that is given back with it.
 *
 * <p><b>What is remembered.</b> Each process keeps the last position of the other side that it saw. Positions only grow, so there is at
 * least the room, and at least the data, that the remembered one says; the line of the other side is fetched only when that
 * is not enough.
 *
 * <p><b>Messages that do not fit</b> into a quarter of the ring go through it in several records: the first begins with the
 * total length and has FIRST, the last has LAST. The writer keeps its lock from the first to the last.
 *
 * <p><b>A kill.</b> A writer killed before its store of {@code written} has written nothing. One killed between two records
 * of a message leaves a beginning without an end; its successor clears {@code stream} and starts with FIRST, and a reader
 * drops a beginning when it meets FIRST, or when nothing more is there and {@code stream} names nobody alive. A reader killed
 * before its store of {@code read} has read nothing; its successor reads the record again. One killed between two records
 * takes its message with it: the successor drops records until FIRST. So a kill costs at most the message that the killed
 * process was writing or reading.
 *
 * <p><b>Messages are counted</b> beside each position. The word is written first, with the position that is about to come: it counts
 * its last message only when the position has been reached. So there is nothing between the two that a kill could leave wrong,
 * and a message that was given up, having no LAST, is never counted. The difference of both counts is how many are inside.
 *
 * <p><b>Interruption.</b> An interrupted writer gives its message up as if killed. An interrupted reader keeps what it has of a
 * message, and the reader's lock, so that the next read in this process goes on with it; when the process closes its end or
 * dies, the rest is dropped.
 *
 * <p>Ancestors: Agrona's ring buffers (a length that commits, records in a circle). We differ: locks that outlive a holder
 * instead of a claim per writer, so that there is never a hole that somebody must unblock.
 */
final class Ring {

    private final Circle circle;
    private final WaitPoint dataCame;
    private final WaitPoint roomCame;
    private final SharedLock writerLock;
    private final SharedLock readerLock;
    private final RingWriter writer;
    private final RingReader reader;

    Ring(Session session, Segment segment, int base, int capacityBytes, Holders writers, Holders readers)
            throws IOException {
        this.circle = new Circle(segment, base, capacityBytes);
        this.dataCame = WaitPoint.at(segment, base + Circle.DATA);
        this.roomCame = WaitPoint.at(segment, base + Circle.ROOM);
        this.writerLock = lock(session, segment, base + Circle.WRITER);
        this.readerLock = lock(session, segment, base + Circle.READER);
        this.writer = new RingWriter(this, session.self(), writerLock, readers);
        this.reader = new RingReader(this, session.processes(), readerLock, writers);
    }

    private static SharedLock lock(Session session, Segment segment, int offset) throws IOException {
        return new SharedLock(
                session.processes(), session.self(), segment, offset, WaitPoint.ofRivals(segment, offset + 8));
    }

    Circle circle() {
        return circle;
    }

    /** Where readers wait for records. */
    WaitPoint dataCame() {
        return dataCame;
    }

    /** Where writers wait for room. */
    WaitPoint roomCame() {
        return roomCame;
    }

    RingWriter writer() {
        return writer;
    }

    RingReader reader() {
        return reader;
    }

    /** Lets waiting threads of all processes look again at who holds which end, and whether theirs was closed. */
    void signalHoldersChanged() {
        dataCame.signalAll();
        roomCame.signalAll();
        writerLock.signal();
        readerLock.signal();
        writerLock.turns().lookAgain();
        readerLock.turns().lookAgain();
    }
}
