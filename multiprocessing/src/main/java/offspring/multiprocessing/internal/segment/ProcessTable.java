package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Who is alive in the session: one slot of shared memory per process.
 *
 * <pre>
 *   header (4096 bytes)                            slot (64 bytes, one cache line), 4096 of them
 *    0  magic and layout version                    0  state: generation << 8 | FREE, TAKEN, STARTING, STANDBY, RUNNING
 *    8  deaths   slots freed, other ends noted      8  pid
 *   16  ids      last id given to a shared object  16  parent: the identity of the process that starts it
 *   24  hint     where to look for a free slot     24  report: 0, NORMAL, or SIGNAL | number << 8
 *   64  ids of the chunks of Cells, 256 of them    32  bell: 1 when the process listens for bells
 * 2112  ids of the chunks of Flights, 128 of them  40  held: how many files its HeldTable has
 * </pre>
 *
 * <p>An <b>identity</b> is {@code generation << 16 | slot}: it names one process for ever, since a slot's generation
 * grows each time it is given out. Zero is nobody. Whatever another process may have to take over (a lock, an end of a
 * pipe) is marked with the identity of its holder, and is free when that {@linkplain #isAlive is not alive}.
 *
 * <p><b>Who writes.</b> A parent takes the slot by compare-and-set of its state, before the child exists, and frees it when
 * the child is gone and its descendants, too. The child writes that it stands by, or is running, its bell, and last of all its report.
 * A process counts as alive from the moment its slot is taken, so what is handed to a child in its bootstrap record is
 * never ownerless. A child that shares nothing writes through its {@link Attendance}.
 *
 * <p><b>A taken slot</b> still has the words of the process that had it before. Until they are overwritten it is in the
 * state TAKEN, in which {@link #forEachChildOf} and {@link #forEachListener} pass it by: else the children of a process that is
 * being buried would seem to include a new one of somebody else, which would then be declared dead.
 *
 * <p><b>A kill</b> between taking a slot and writing its parent leaves a slot without a parent and without a pid: {@link
 * #forEachChildOf} finds slots of a dead parent only by that word. The slot is lost to the session, nothing else is.
 */
public final class ProcessTable {

    /** How many processes a session can have at a time. */
    public static final int SLOTS = 4096;

    private static final long MAGIC = 0x6f66_6673_0000_0001L;
    private static final int DEATHS = 8;
    private static final int IDS = 16;
    private static final int HINT = 24;
    /** Where the ids of the chunks of {@link Cells} stand in the header, and those of {@link Flights}. */
    static final int CELL_WORDS = 64;

    static final int FLIGHT_WORDS = 2112;
    private static final int HEADER = 4096;

    private static final int SLOT = 64;
    private static final int STATE = 0;
    private static final int PID = 8;
    private static final int PARENT = 16;
    private static final int REPORT = 24;
    private static final int BELL = 32;
    private static final int HELD = 40;

    private static final int FREE = 0;
    private static final int STARTING = 1;
    static final int RUNNING = 2;
    private static final int TAKEN = 3;
    static final int STANDBY = 4;

    private static final int NORMAL = 1;
    private static final int SIGNAL = 2;

    private final Segment segment;

    private ProcessTable(Segment segment) {
        this.segment = segment;
    }

    static ProcessTable create(Path file) throws IOException {
        Segment segment = Segment.create(file, HEADER + SLOTS * SLOT);
        segment.putRelease(0, MAGIC);
        return new ProcessTable(segment);
    }

    static ProcessTable open(Path file) throws IOException {
        Segment segment = Segment.open(file);
        checkMagic(file, segment.getAcquire(0));
        return new ProcessTable(segment);
    }

    static void checkMagic(Path file, long magic) throws IOException {
        if (magic != MAGIC) {
            throw new IOException(file + " is not a process table of this version of the library: it begins with "
                    + Long.toHexString(magic) + "; parent and child must have the same version on their class path");
        }
    }

    /** The slot that an identity names. */
    public static int slotOf(long identity) {
        return (int) (identity & 0xffff);
    }

    /** The generation of its slot that an identity names. */
    public static long generationOf(long identity) {
        return identity >>> 16;
    }

    /**
     * Takes a slot for a child of {@code parent}.
     *
     * @throws IOException if all slots are taken
     */
    public long take(long parent) throws IOException {
        long first = segment.getAndAdd(HINT, 1);
        for (int i = 0; i < SLOTS; i++) {
            int slot = (int) ((first + i) % SLOTS);
            int at = at(slot);
            long state = segment.getVolatile(at + STATE);
            if ((state & 0xff) != FREE) {
                continue;
            }
            long generation = (state >>> 8) + 1;
            if (segment.compareAndSet(at + STATE, state, (generation << 8) | TAKEN)) {
                segment.putVolatile(at + PARENT, parent);
                segment.putVolatile(at + PID, 0);
                segment.putVolatile(at + REPORT, 0);
                segment.putVolatile(at + BELL, 0);
                segment.putVolatile(at + HELD, 0);
                segment.putVolatile(at + STATE, (generation << 8) | STARTING);
                return (generation << 16) | slot;
            }
        }
        throw new IOException("a session has at most " + SLOTS + " processes at a time; wait for some to end");
    }

    /** Gives a slot back: the process is gone. Later calls do nothing. */
    public void free(long identity) {
        int at = at(slotOf(identity));
        long state = segment.getVolatile(at + STATE);
        if (generationOf(identity) == state >>> 8
                && (state & 0xff) != FREE
                && segment.compareAndSet(at + STATE, state, (state & ~0xffL) | FREE)) {
            segment.getAndAdd(DEATHS, 1);
        }
    }

    /** Whether the process has a slot: it is about to start, runs, or its end has not been seen yet. */
    public boolean isAlive(long identity) {
        long state = segment.getVolatile(at(slotOf(identity)) + STATE);
        return state >>> 8 == generationOf(identity) && (state & 0xff) != FREE;
    }

    /** Whether the process has come as far as reading its bootstrap record. */
    public boolean isRunning(long identity) {
        return segment.getVolatile(at(slotOf(identity)) + STATE) == ((generationOf(identity) << 8) | RUNNING);
    }

    /** Whether the process has prepared itself and waits for its work. */
    public boolean isStandingBy(long identity) {
        return segment.getVolatile(at(slotOf(identity)) + STATE) == ((generationOf(identity) << 8) | STANDBY);
    }

    /** Says how far the calling process is: {@link #STANDBY} or {@link #RUNNING}. */
    void setState(long identity, int state) {
        segment.putVolatile(at(slotOf(identity)) + STATE, (generationOf(identity) << 8) | state);
    }

    /** Notes the number that the system gave to the process. */
    public void setPid(long identity, long pid) {
        segment.putVolatile(at(slotOf(identity)) + PID, pid);
    }

    /** The number that the system gave to the process; 0 if it has none yet. */
    public long pid(long identity) {
        return segment.getVolatile(at(slotOf(identity)) + PID);
    }

    /** The process that started this one. */
    public long parent(long identity) {
        return segment.getVolatile(at(slotOf(identity)) + PARENT);
    }

    /** The process says, last of all: I end by myself, with the code that the system will report; or because of this signal. */
    void report(long identity, int signal) {
        segment.putVolatile(at(slotOf(identity)) + REPORT, report(signal));
    }

    /** What a process that ends because of this signal, or 0, reports. */
    static int report(int signal) {
        return signal == 0 ? NORMAL : SIGNAL | signal << 8;
    }

    /** Where the state of a process stands in the file. */
    static int stateOf(long identity) {
        return at(slotOf(identity)) + STATE;
    }

    /** Where its report stands. */
    static int reportOf(long identity) {
        return at(slotOf(identity)) + REPORT;
    }

    /**
     * Python's exit code for what the system says.
     *
     * @param status what the JDK gives: the code, or 128 plus the number of the signal
     * @return {@code status}, or minus the signal's number if a signal ended the process
     */
    public int exitCode(long identity, int status) {
        long report = segment.getVolatile(at(slotOf(identity)) + REPORT);
        if ((report & 0xff) == SIGNAL) {
            return -(int) (report >>> 8);
        }
        boolean signalled = status > 128 && status <= 128 + 64 && report != NORMAL;
        return signalled ? 128 - status : status;
    }

    /** Says whether the process listens for bells. */
    public void setBell(long identity, boolean listening) {
        segment.putVolatile(at(slotOf(identity)) + BELL, listening ? 1 : 0);
    }

    /** Something has ended that was no process, but held something: a pipe with messages inside, which nobody will read. */
    public void noteEnd() {
        segment.getAndAdd(DEATHS, 1);
    }

    /** How many slots were ever freed, and other ends noted: whoever sees it change looks again at what may have lost its holder. */
    public long deaths() {
        return segment.getVolatile(DEATHS);
    }

    /** An id that no other object of the session has. */
    public long nextId() {
        return segment.getAndAdd(IDS, 1) + 1;
    }

    /** A word of the header. */
    long headerWord(int offset) {
        return segment.getVolatile(offset);
    }

    /** Sets a word of the header, if it is 0. */
    boolean setHeaderWord(int offset, long value) {
        return segment.compareAndSet(offset, 0, value);
    }

    /** How many files the list of cells has that the process holds. */
    int heldChunks(long identity) {
        return (int) segment.getVolatile(at(slotOf(identity)) + HELD);
    }

    void setHeldChunks(long identity, int count) {
        segment.putVolatile(at(slotOf(identity)) + HELD, count);
    }

    /** Calls back with each process of the session. */
    void forEach(LongConsumer visitor) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long identity = occupant(slot);
            if (identity != 0) {
                visitor.accept(identity);
            }
        }
    }

    /** Calls back with each process that was started by {@code parent}. */
    public void forEachChildOf(long parent, LongConsumer visitor) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long identity = occupant(slot);
            if (identity != 0 && parent(identity) == parent && isAlive(identity)) {
                visitor.accept(identity);
            }
        }
    }

    /** Calls back with each process that listens for bells and whose slot's low bits are those given. */
    public void forEachListener(int slot, int step, LongConsumer visitor) {
        for (int s = slot; s < SLOTS; s += step) {
            long identity = occupant(s);
            if (identity != 0 && segment.getVolatile(at(s) + BELL) != 0) {
                visitor.accept(identity);
            }
        }
    }

    /** Whether there is another process whose slot has the same low bits. */
    public boolean hasNeighbour(long identity, int step) {
        for (int s = slotOf(identity) % step; s < SLOTS; s += step) {
            if (s != slotOf(identity) && occupant(s) != 0) {
                return true;
            }
        }
        return false;
    }

    private long occupant(int slot) {
        long state = segment.getVolatile(at(slot) + STATE);
        boolean known = (state & 0xff) != FREE && (state & 0xff) != TAKEN;
        return known ? ((state >>> 8) << 16) | slot : 0;
    }

    private static int at(int slot) {
        return HEADER + slot * SLOT;
    }
}
