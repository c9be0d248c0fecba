package offspring.multiprocessing.internal.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * Which processes hold one end of a pipe.
 *
 * <pre>
 *   +0   epoch   grows with each change of an entry
 *   +8   high    how many entries were ever used
 *   +16  entry   0: free · identity: held by that process · IN_FLIGHT | number << 40 | id of a pipe: in a message there
 *   ...          {@link #ENTRIES} of them
 * </pre>
 *
 * <p>An entry is taken by compare-and-set from 0 (or from a dead holder's identity), and belongs to who took it. The end is
 * alive as long as one entry names a process that is alive, or a handle on its way. A handle is on its way as long as the pipe is
 * there that carries it; when a pipe is removed that ever carried one, the count of deaths grows, and all look again. (A pipe
 * that carries an end of itself keeps itself, as in Python.)
 *
 * <p><b>Looking is cheap</b>, since it is done before each message: the answer is kept until the epoch or the session's count
 * of deaths changes. Both are read before the entries, so an answer that is already old is recomputed at the next look.
 */
final class Holders {

    /** How many processes can hold the end at a time. */
    static final int ENTRIES = 510;

    /** How many bytes it takes in a segment. */
    static final int BYTES = 16 + ENTRIES * 8;

    private static final int EPOCH = 0;
    private static final int HIGH = 8;
    private static final int FIRST = 16;
    private static final long IN_FLIGHT = 1L << 63;

    private static final int NUMBER_SHIFT = 40;
    private static final long CARRIER = (1L << NUMBER_SHIFT) - 1;
    private static final long NUMBERS = (1L << (62 - NUMBER_SHIFT)) - 1;

    private final Session session;
    private final Segment segment;
    private final int base;
    private final ProcessTable processes;

    /** The last answer, and when it was right; one object, so that the three are read together. */
    private volatile Answer last = new Answer(-1, -1, false);

    private record Answer(long epoch, long deaths, boolean alive) {}

    Holders(Session session, Segment segment, int base) {
        this.session = session;
        this.segment = segment;
        this.base = base;
        this.processes = session.processes();
    }

    /** Whether nobody holds an end. */
    record Gone(Holders holders) implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return !holders.anyAlive();
        }
    }

    /** Notes that a process holds the end; gives the entry's number. */
    int add(long identity) throws IOException {
        return put(identity);
    }

    /** The ticket of a handle that leaves in a message through a pipe; no two are the same for a long time. */
    long ticket(long carrier) {
        return (processes.nextId() & NUMBERS) << NUMBER_SHIFT | carrier;
    }

    /** Notes that the handle with this ticket is on its way; gives the entry's number. */
    int addInFlight(long ticket) throws IOException {
        return put(IN_FLIGHT | ticket);
    }

    private int put(long word) throws IOException {
        int entry = putWhere(word, IN_FLIGHT);
        if (entry < 0) {
            entry = putWhere(word, 0); // dearer: asks the file system for the pipes of handles
        }
        if (entry < 0) {
            throw new IOException("one end of a pipe can be held by at most " + ENTRIES
                    + " processes and unread messages at a time; close the ends that are not needed");
        }
        return entry;
    }

    /** Puts the word where there is none that counts, nor one with these bits. */
    private int putWhere(long word, long without) {
        for (int entry = 0; entry < ENTRIES; entry++) {
            long there = segment.getVolatile(at(entry));
            if ((there & without) == 0 && isFree(there, session) && segment.compareAndSet(at(entry), there, word)) {
                raiseHigh(entry + 1);
                segment.getAndAdd(base + EPOCH, 1);
                return entry;
            }
        }
        return -1;
    }

    private static boolean isFree(long word, Session session) {
        if ((word & IN_FLIGHT) != 0) {
            return !PipeFile.exists(session, word & CARRIER);
        }
        return word == 0 || !session.processes().isAlive(word);
    }

    private void raiseHigh(int used) {
        long high = segment.getVolatile(base + HIGH);
        while (high < used && !segment.compareAndSet(base + HIGH, high, used)) {
            high = segment.getVolatile(base + HIGH);
        }
    }

    /** The handle has arrived at this process, whose entry it becomes; false if it was revoked or has arrived before. */
    boolean claim(int entry, long ticket, long identity) {
        return change(entry, IN_FLIGHT | ticket, identity);
    }

    /** The handle will not arrive. */
    void revoke(int entry, long ticket) {
        change(entry, IN_FLIGHT | ticket, 0);
    }

    /** The process holds the end no more. */
    void remove(int entry, long identity) {
        change(entry, identity, 0);
    }

    private boolean change(int entry, long from, long to) {
        boolean changed = segment.compareAndSet(at(entry), from, to);
        if (changed) {
            segment.getAndAdd(base + EPOCH, 1);
        }
        return changed;
    }

    /** Whether the entry names this process already: its parent made it before the start. */
    boolean isHeldBy(int entry, long identity) {
        return segment.getVolatile(at(entry)) == identity;
    }

    /** Whether anybody holds the end, or will. */
    boolean anyAlive() {
        long epoch = segment.getVolatile(base + EPOCH);
        long deaths = processes.deaths();
        Answer known = last;
        if (known.epoch == epoch && known.deaths == deaths) {
            return known.alive;
        }
        boolean alive = look();
        last = new Answer(epoch, deaths, alive);
        return alive || (segment.getVolatile(base + EPOCH) != epoch && anyAlive());
    }

    /**
     * One look at all entries. A holder may hand the end on behind the look's back: take an entry that was passed already for
     * another process and give up its own before that is reached. So a look that finds nobody counts only if the epoch, which the
     * taking of an entry changes before anything else can follow, has stayed the same.
     */
    private boolean look() {
        int high = (int) segment.getVolatile(base + HIGH);
        for (int entry = 0; entry < high; entry++) {
            if (!isFree(segment.getVolatile(at(entry)), session)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anybody but one process holds the end, or will. */
    boolean anyAliveBut(long identity) {
        long epoch = segment.getVolatile(base + EPOCH);
        return lookBut(identity) || (segment.getVolatile(base + EPOCH) != epoch && anyAliveBut(identity));
    }

    private boolean lookBut(long identity) {
        int high = (int) segment.getVolatile(base + HIGH);
        for (int entry = 0; entry < high; entry++) {
            long there = segment.getVolatile(at(entry));
            if (there != identity && !isFree(there, session)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anybody holds the end, by a copy of the file's bytes; to be believed if the epoch has not changed since. */
    static boolean isHeld(ByteBuffer file, int base, Session session) {
        int high = (int) file.getLong(base + HIGH);
        for (int entry = 0; entry < high; entry++) {
            if (!isFree(file.getLong(base + FIRST + entry * 8), session)) {
                return true;
            }
        }
        return false;
    }

    private int at(int entry) {
        return base + FIRST + entry * 8;
    }
}
