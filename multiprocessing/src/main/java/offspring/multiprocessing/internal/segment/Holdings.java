package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * What this process holds of the session's cells, and how cells go to other processes.
 *
 * <p>However many objects of this process use a cell, the process has one entry for it; the entry goes with the last of them.
 */
public final class Holdings {

    private static final int CELL_CHUNKS = 256;
    private static final int FLIGHT_CHUNKS = 128;
    private static final int FEW_FILES = 16;

    private final Cells cells;
    private final Flights flights;
    private final HeldTable table;
    /** Guards {@link #held} and {@link #table}; never held over anything that waits. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, Held> held = new HashMap<>();
    /** How many files this process has made; when they pass the other number, it looks which of all can go. */
    private final AtomicLong filesMade = new AtomicLong();

    private volatile long nextLook = FEW_FILES;

    Holdings(Session session) {
        this.flights = new Flights(
                new Chunks(
                        session.directory(),
                        session.processes(),
                        "flights",
                        ProcessTable.FLIGHT_WORDS,
                        FLIGHT_CHUNKS,
                        Flights.CHUNK_BYTES),
                session.processes(),
                session.self());
        this.cells = new Cells(
                session,
                new Chunks(
                        session.directory(),
                        session.processes(),
                        "cells",
                        ProcessTable.CELL_WORDS,
                        CELL_CHUNKS,
                        Cells.PER_CHUNK * Cells.CELL),
                flights);
        this.table = new HeldTable(session.folderOf(session.self()), session.processes(), session.self());
    }

    /** This process's entry for a cell, and how many of its objects share it. */
    private static final class Held {
        final int entry;
        int users = 1;

        Held(int entry) {
            this.entry = entry;
        }
    }

    /** A way to a cell that can be sent to another process. */
    public record Handle(long reference, int flight, long carrier) {

        /** The handle of {@link #words}. */
        public static Handle of(long[] words) {
            return new Handle(words[0], (int) words[1], words[2]);
        }

        /** The handle as a part of a message. */
        public long[] words() {
            return new long[] {reference, flight, carrier};
        }
    }

    /**
     * A new cell, all zero, with one user in this process.
     *
     * @throws IOException if there is no room for it
     */
    public Cell allocate() throws IOException {
        lock.lock();
        try {
            while (true) {
                Cells.Candidate candidate = cells.candidate();
                int entry = table.add(candidate.reference());
                if (cells.revive(candidate)) {
                    held.put(candidate.reference(), new Held(entry));
                    return cell(candidate.reference());
                }
                table.remove(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private Cell cell(long reference) throws IOException {
        return new Cell(this, cells.segmentOf(reference), Cells.bodyOf(reference), reference);
    }

    /** A handle for a child that has its slot but does not run yet: on its way as long as the child is there. */
    Handle handleForChild(long reference, long child) throws IOException {
        return departed(reference, flights.departForChild(reference, child));
    }

    /** A handle for a message in a pipe: on its way as long as the pipe is there, or until it is {@linkplain #revoke revoked}. */
    Handle handleForPipe(long reference, long pipe) throws IOException {
        return departed(reference, flights.departForPipe(reference, pipe));
    }

    private Handle departed(long reference, Flights.Departure departure) throws IOException {
        cells.touch(reference);
        return new Handle(reference, departure.flight(), departure.ticket());
    }

    /** The message with this handle was not sent after all. */
    public void revoke(Handle handle) throws IOException {
        flights.land(handle.flight(), handle.carrier());
        cells.freeFileIfUnlisted(handle.reference());
    }

    /**
     * The cell that a handle leads to, with one user more.
     *
     * @throws IOException if the object is gone: its handle was kept, and read when nobody held it any more
     */
    public Cell attach(Handle handle) throws IOException {
        Cell arrived = attach(handle.reference());
        flights.land(handle.flight(), handle.carrier());
        return arrived;
    }

    /** The cell with this name, with one user more. */
    private Cell attach(long reference) throws IOException {
        lock.lock();
        try {
            Held known = held.get(reference);
            if (known != null) {
                known.users++;
            } else {
                int entry = table.add(reference);
                cells.touch(reference);
                if (!cells.isAlive(reference)) {
                    table.remove(entry);
                    throw new IOException("the shared object is gone: nobody held it when its handle arrived");
                }
                held.put(reference, new Held(entry));
            }
            return cell(reference);
        } finally {
            lock.unlock();
        }
    }

    /** One user less. */
    void release(long reference) {
        if (forget(reference)) {
            try {
                cells.freeFileIfUnlisted(reference);
            } catch (IOException e) {
                debugKept(e);
            }
        }
    }

    /** Whether that was the last user in this process. */
    private boolean forget(long reference) {
        lock.lock();
        try {
            @Nullable Held known = held.get(reference);
            if (known != null && --known.users == 0) {
                held.remove(reference);
                table.remove(known.entry);
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    // ---- cells with a file

    /**
     * Gives a cell of this process a file, all zero, which is removed when nobody holds the cell any more.
     *
     * @throws IOException if there is no room for it
     */
    public Segment createFile(Cell cell, int sizeBytes) throws IOException {
        long reference = cell.reference();
        if (filesMade.incrementAndGet() > nextLook) {
            removeUnheldFiles();
        }
        cells.markFile(reference);
        try {
            return Segment.create(cells.fileOf(reference), sizeBytes);
        } catch (IOException e) {
            removeUnheldFiles();
            return Segment.create(cells.fileOf(reference), sizeBytes);
        }
    }

    /** The file of a cell of this process. */
    public Segment openFile(Cell cell) throws IOException {
        return Segment.open(cells.fileOf(cell.reference()));
    }

    /** Where the file of a cell is, or was. */
    public Path fileOf(long reference) {
        return cells.fileOf(reference);
    }

    /**
     * The cell with this name, which has a file, with one user more.
     *
     * @throws NoSuchFileException if it has no file any more
     */
    public Cell attachWithFile(long reference) throws IOException {
        if (!Files.exists(cells.fileOf(reference))) {
            throw new NoSuchFileException(cells.fileOf(reference).toString());
        }
        try {
            return attach(reference);
        } catch (IOException e) {
            if (Files.exists(cells.fileOf(reference))) {
                throw e;
            }
            throw new NoSuchFileException(cells.fileOf(reference).toString());
        }
    }

    /**
     * Removes the files of cells that nobody holds any more. Needed after the end of a process that held the last use of one; called
     * by whoever buries it. Files whose handle was in a pipe that is gone are found when more are made.
     */
    public void removeUnheldFiles() {
        try {
            int left = 0;
            for (long reference : cells.cellsWithFile()) {
                if (isHeld(reference)) {
                    left++;
                } else {
                    cells.freeFileIfUnlisted(reference);
                }
            }
            nextLook = filesMade.get() + Math.max(FEW_FILES, left);
        } catch (IOException e) {
            debugKept(e);
        }
    }

    private boolean isHeld(long reference) {
        lock.lock();
        try {
            return held.containsKey(reference);
        } finally {
            lock.unlock();
        }
    }

    private static void debugKept(IOException e) {
        Logs.of(Holdings.class).debug("memory that nobody holds stays for the next sweep", e);
    }

    /** How many cells this process holds. */
    public int size() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }
}
