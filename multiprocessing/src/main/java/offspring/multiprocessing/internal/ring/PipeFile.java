package offspring.multiprocessing.internal.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * The shared memory of one pipe, as this process sees it: who holds its two ends, and a {@link Ring} for each direction.
 *
 * <pre>
 *      0   magic and layout version
 *      8   capacity of a ring
 *     16   shape: 0 one ring, 1 two, 2 one that end 0 both writes and reads
 *     24   where the bytes of the floor above begin, 0: none
 *     32   1 if messages with handles of ends of pipes ever went through
 *     64   {@link Holders} of end 0, which receives
 *   4224   {@link Holders} of end 1, which sends
 *   8448   {@link Ring} from end 1 to end 0
 *          {@link Ring} from end 0 to end 1, if there are two
 *          the bytes of the floor above, all zero at first
 * </pre>
 *
 * <p>There is one object per pipe and process, however many handles arrive. The file is removed by the process that gives
 * up the last hold on either end, or with the session.
 */
public final class PipeFile {

    private static final long MAGIC = 0x6f66_6670_0000_0002L;
    private static final int CAPACITY = 8;
    private static final int SHAPE = 16;
    private static final int EXTRA = 24;
    private static final int CARRIES = 32;
    private static final int ONE_WAY = 0;
    private static final int TWO_WAYS = 1;
    private static final int LOOP = 2;
    private static final int[] HOLDERS = {64, 4224};
    private static final int RINGS = 8448;
    private static final int CAPACITY_BYTES = 1 << 18;
    private static final String PREFIX = "pipe-";

    /** The pipes that this process holds an end of. */
    private static final ConcurrentHashMap<Long, PipeFile> KNOWN = new ConcurrentHashMap<>();
    /** Guards {@link #KNOWN} and all {@link PipeEnd#holds}: taken when a handle comes or an end is given up. */
    static final ReentrantLock HOLDING = new ReentrantLock();

    private final Session session;
    private final long id;
    private final Segment segment;
    private final int shape;
    private final Holders[] holders;
    private final PipeEnd[] ends;

    private PipeFile(Session session, long id, Segment segment) throws IOException {
        this.session = session;
        this.id = id;
        this.segment = segment;
        this.shape = (int) segment.getPlain(SHAPE);
        this.holders =
                new Holders[] {new Holders(session, segment, HOLDERS[0]), new Holders(session, segment, HOLDERS[1])};
        int capacity = (int) segment.getPlain(CAPACITY);
        if (shape == LOOP) {
            Ring loop = new Ring(session, segment, RINGS, capacity, holders[0], holders[0]);
            this.ends = new PipeEnd[] {new PipeEnd(this, 0, loop, loop), new PipeEnd(this, 1, null, null)};
            return;
        }
        Ring forth = new Ring(session, segment, RINGS, capacity, holders[1], holders[0]);
        Ring back = shape == TWO_WAYS
                ? new Ring(session, segment, RINGS + Circle.HEADER + capacity, capacity, holders[0], holders[1])
                : null;
        this.ends = new PipeEnd[] {new PipeEnd(this, 0, forth, back), new PipeEnd(this, 1, back, forth)};
    }

    /** Makes a pipe; the calling process holds both ends, once each. */
    public static PipeFile create(boolean duplex) throws IOException {
        return create(duplex ? TWO_WAYS : ONE_WAY, 0);
    }

    /**
     * Makes a pipe that leads back to where it comes from: who holds end 0, its only one, writes and reads. The calling process
     * holds it once.
     *
     * @param extraBytes how many bytes the floor above wants for itself
     */
    public static PipeFile createLoop(int extraBytes) throws IOException {
        return create(LOOP, extraBytes);
    }

    /**
     * Makes a pipe whose two ends both send and receive; the calling process holds both, once each.
     *
     * @param extraBytes how many bytes the floor above wants for itself
     */
    public static PipeFile createDuplex(int extraBytes) throws IOException {
        return create(TWO_WAYS, extraBytes);
    }

    private static PipeFile create(int shape, int extraBytes) throws IOException {
        Session session = Session.current();
        long id = session.processes().nextId();
        int rings = shape == TWO_WAYS ? 2 : 1;
        int extra = RINGS + rings * (Circle.HEADER + CAPACITY_BYTES);
        Segment segment = Segment.create(session.ownFolder().resolve(PREFIX + id), extra + extraBytes);
        boolean done = false;
        try {
            segment.putPlain(CAPACITY, CAPACITY_BYTES);
            segment.putPlain(SHAPE, shape);
            segment.putPlain(EXTRA, extraBytes == 0 ? 0 : extra);
            segment.putRelease(0, MAGIC);
            PipeFile pipe = new PipeFile(session, id, segment);
            pipe.holdBoth();
            segment.publish(path(session, id)); // a maker that is killed before leaves nothing among the pipes
            done = true;
            return pipe;
        } finally {
            if (!done) {
                KNOWN.remove(id);
                segment.delete();
            }
        }
    }

    private void holdBoth() throws IOException {
        HOLDING.lock();
        try {
            KNOWN.put(id, this);
            hold(0);
            if (shape != LOOP) {
                hold(1);
            }
        } finally {
            HOLDING.unlock();
        }
    }

    private void hold(int end) throws IOException {
        ends[end].hold(holders[end].add(session.self()));
    }

    /** The pipe of a handle that has arrived here. Called with {@link #HOLDING} held. */
    static PipeFile attach(Session session, long id) throws IOException {
        PipeFile known = KNOWN.get(id);
        if (known != null) {
            return known;
        }
        Segment segment = Segment.open(path(session, id));
        if (segment.getAcquire(0) != MAGIC) {
            throw new IOException(segment.file() + " is not a pipe of this version of the library");
        }
        PipeFile pipe = new PipeFile(session, id, segment);
        KNOWN.put(id, pipe);
        return pipe;
    }

    /** Whether the pipe is there: somebody holds it, or did a moment ago. */
    static boolean exists(Session session, long id) {
        return KNOWN.containsKey(id) || Files.exists(path(session, id));
    }

    /** Notes that a message with a handle is about to leave through the pipe, which this process holds. */
    static void markCarrier(long id) {
        PipeFile carrier = KNOWN.get(id);
        if (carrier != null) {
            carrier.segment.putVolatile(CARRIES, 1);
        }
    }

    private static Path path(Session session, long id) {
        return session.directory().resolve(PREFIX + id);
    }

    /**
     * Removes the files of pipes that nobody holds any more. Needed after the end of a process that held the last end of one and did
     * not close it; called by whoever buries it.
     */
    public static void removeUnheld(Session session) {
        try {
            boolean again = true;
            while (again) {
                again = removeOnce(session);
                if (again) { // what its messages carried is held no more
                    session.processes().noteEnd();
                    Parking.current().wakeAll();
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            Logs.of(PipeFile.class).debug("pipes that nobody holds stay until the session ends", e);
        }
    }

    /** Whether a pipe was removed that may have carried handles. */
    private static boolean removeOnce(Session session) throws IOException {
        boolean carried = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(session.directory(), PREFIX + "*")) {
            for (Path file : files) {
                long id = Long.parseLong(file.getFileName().toString().substring(PREFIX.length()));
                ByteBuffer head = KNOWN.containsKey(id) ? null : headIfUnheld(session, file);
                if (head != null) {
                    carried |= Files.deleteIfExists(file) && head.getLong(CARRIES) != 0;
                }
            }
        }
        return carried;
    }

    /** Reads the file instead of mapping it, since a mapping would keep the memory until the next garbage collection. */
    private static @Nullable ByteBuffer headIfUnheld(Session session, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer before = head(channel);
            ByteBuffer entries = head(channel);
            ByteBuffer after = head(channel);
            if (entries.getLong(0) != MAGIC) {
                return null; // no pipe of ours
            }
            for (int holders : HOLDERS) {
                if (Holders.isHeld(entries, holders, session) || before.getLong(holders) != after.getLong(holders)) {
                    return null;
                }
            }
            return after;
        } catch (NoSuchFileException e) {
            return null; // its last holder was quicker
        }
    }

    private static ByteBuffer head(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(RINGS).order(ByteOrder.nativeOrder());
        channel.read(head, 0);
        return head;
    }

    /** One of the two ends: 0 receives, 1 sends; both do both if the pipe is duplex, and 0 does both if it is a loop. */
    public PipeEnd end(int number) {
        return ends[number];
    }

    long id() {
        return id;
    }

    Session session() {
        return session;
    }

    Holders holders(int end) {
        return holders[end];
    }

    Segment segment() {
        return segment;
    }

    int extra() {
        return (int) segment.getPlain(EXTRA);
    }

    /** Called with {@link #HOLDING} held when this process has given up one end. */
    void ended() {
        if (ends[0].isHeld() || ends[1].isHeld()) {
            return;
        }
        KNOWN.remove(id);
        if (!holders[0].anyAlive() && !holders[1].anyAlive()) {
            try {
                segment.delete();
                if (segment.getVolatile(CARRIES) != 0) { // what its messages carried is held no more
                    session.processes().noteEnd();
                    Parking.current().wakeAll();
                    removeUnheld(session);
                }
            } catch (IOException e) {
                Logs.of(PipeFile.class).debug("{} stays until the session ends", segment, e);
            }
        }
    }

    /** Which threads wait on this pipe must look again at who holds its ends. */
    void signalHoldersChanged() {
        signal(ends[0].incoming());
        signal(ends[1].incoming());
    }

    private static void signal(@Nullable Ring ring) {
        if (ring != null) {
            ring.signalHoldersChanged();
        }
    }

    @Override
    public String toString() {
        return "pipe " + id + (shape == TWO_WAYS ? " (duplex)" : shape == LOOP ? " (loop)" : " (one way)");
    }
}
