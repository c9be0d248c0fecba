package offspring.multiprocessing.sharedmemory;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Holdings;
import offspring.multiprocessing.internal.segment.NamedFiles;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * A block of bytes that processes share: Python's {@code multiprocessing.shared_memory.SharedMemory}.
 *
 * <pre>{@code
 * try (var memory = SharedMemory.create(1 << 20)) {
 *     String name = memory.name();
 *     var child = new Process(() -> {
 *         try (var mine = SharedMemory.attach(name)) {
 *             mine.buffer().putLong(8, 42L);
 *         }
 *     });
 *     child.start();
 *     child.join();
 *     System.out.println(memory.buffer().getLong(8)); // 42
 * }
 * }</pre>
 *
 * <p><b>Whose it is.</b> There are two kinds:
 * <ul>
 *   <li>{@link #create(int)} makes memory for this family of processes: parents, children, their children. Its name is made up. It lives
 *       as long as any of them has an object for it, or one is on its way to another process, or until {@link #unlink()}.
 *   <li>{@link #create(String, int)} makes memory under a name that any process of the same user can attach to: another JVM, or a
 *       Python program on this machine where there is a {@code /dev/shm}. It lives until {@link #unlink()}, whoever calls it, or else
 *       until the family ends that made it.
 * </ul>
 *
 * <p>When the main process of a family is killed, the memory is removed by the next one of the same user that uses this library.
 *
 * <p><b>Allocation.</b> All bytes are zero, and are allocated when the memory is made: if there is no room, that is the {@link
 * IOException}, and using the memory cannot fail later. Nothing blocks.
 *
 * <p><b>Closing</b> ends this object's use; other objects for the memory, here and in other processes, stay usable. The methods of a closed object
 * throw an {@link IllegalStateException}, except {@link #name()}, {@link #size()} and {@link #unlink()}. A buffer that was got before
 * must not be used any more; if it is, it reads and writes bytes that may be nobody's, and the JVM does not crash.
 *
 * <p><b>Memory effects.</b> None by itself: see the package.
 *
 * <p><b>What can be sent.</b> The object: it attaches on arrival, and no bytes travel. If the memory was unlinked meanwhile, the receiver gets a
 * {@link NoSuchFileException}.
 *
 * <p><b>Differences from Python.</b> Memory without a chosen name goes when nobody uses it, unlinked or not. Attaching never makes a process
 * responsible for the memory (there, {@code track=False} is needed for that). Closing does not fail because a buffer is still
 * there. At most 2 GiB.
 *
 * @since 0.1.0
 * @serial exclude
 */
public final class SharedMemory implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_NAME = 230;

    static {
        Form.register(SharedMemory.class, new Travel());
    }

    private final transient String name;
    private final transient Segment segment;
    /** Null if the name was chosen: then nobody counts who uses it. */
    private final transient @Nullable Cell cell;

    private transient volatile boolean closed;

    private SharedMemory(String name, Segment segment, @Nullable Cell cell) {
        this.name = name;
        this.segment = segment;
        this.cell = cell;
    }

    // ---- making and attaching

    /**
     * New memory for this family of processes.
     *
     * @param size how many bytes
     * @return the memory
     * @throws IllegalArgumentException if {@code size} is not positive
     * @throws IOException if there is no room for it
     */
    public static SharedMemory create(int size) throws IOException {
        checkSize(size);
        Session session = Session.current();
        Holdings holdings = session.holdings();
        Cell cell = holdings.allocate();
        boolean done = false;
        try {
            Segment segment = holdings.createFile(cell, size);
            done = true;
            return new SharedMemory(prefix(session) + Long.toHexString(cell.reference()), segment, cell);
        } finally {
            if (!done) {
                cell.release();
            }
        }
    }

    /**
     * New memory under a name for any process of this user.
     *
     * @param name what others attach to; the name of a file, without {@code /}
     * @param size how many bytes
     * @return the memory
     * @throws IllegalArgumentException if {@code name} cannot be a file's, or {@code size} is not positive
     * @throws java.nio.file.FileAlreadyExistsException if there is memory of this name
     * @throws IOException if there is no room for it
     */
    public static SharedMemory create(String name, int size) throws IOException {
        checkName(name);
        checkSize(size);
        return new SharedMemory(name, NamedFiles.create(Session.current(), name, size), null);
    }

    /**
     * The memory that has this name, whoever has made it.
     *
     * @param name its {@link #name()}
     * @return another object for it
     * @throws IllegalArgumentException if {@code name} cannot be a file's
     * @throws NoSuchFileException if there is none, or not any more
     * @throws IOException if it cannot be read and written, or has more than 2 GiB
     */
    public static SharedMemory attach(String name) throws IOException {
        checkName(name);
        Session session = Session.current();
        if (!name.startsWith(prefix(session))) {
            return new SharedMemory(name, NamedFiles.open(session, name), null);
        }
        try {
            long reference = Long.parseLong(name.substring(prefix(session).length()), 16);
            return over(name, session.holdings().attachWithFile(reference));
        } catch (NumberFormatException | NoSuchFileException e) {
            NoSuchFileException missing = noSuch(name);
            missing.initCause(e);
            throw missing;
        }
    }

    private static SharedMemory over(String name, Cell cell) throws IOException {
        boolean done = false;
        try {
            SharedMemory memory =
                    new SharedMemory(name, Session.current().holdings().openFile(cell), cell);
            done = true;
            return memory;
        } finally {
            if (!done) {
                cell.release();
            }
        }
    }

    /** How the made-up names of this family begin. */
    private static String prefix(Session session) {
        return session.directory().getFileName() + ".";
    }

    private static NoSuchFileException noSuch(String name) {
        return new NoSuchFileException(name, null, "it was unlinked, or no process holds it any more");
    }

    private static void checkSize(int size) {
        if (size <= 0) {
            throw new IllegalArgumentException("size is " + size + "; shared memory has 1 byte or more");
        }
    }

    private static void checkName(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "name contains a NUL character at " + name.indexOf('\0') + "; give the name of a file");
        }
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")) {
            throw new IllegalArgumentException("name is \"" + name + "\"; give the name of a file, without /");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("name has " + name.length() + " characters and begins with \""
                    + name.substring(0, 20) + "\"; a name has at most " + LONGEST_NAME + " bytes");
        }
    }

    // ---- using

    /**
     * What {@link #attach} needs.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * How many bytes there are.
     *
     * @return the number of bytes
     */
    public int size() {
        return segment.sizeBytes();
    }

    /**
     * The bytes.
     *
     * @return a view of all of them, in the byte order of the machine, with a position of its own
     * @throws IllegalStateException if this object is closed
     */
    public ByteBuffer buffer() {
        if (closed) {
            throw new IllegalStateException("this shared memory is closed; attach to " + name + " again");
        }
        return segment.slice(0, segment.sizeBytes()).order(ByteOrder.nativeOrder());
    }

    /** Ends this object's use of the memory. Later calls do nothing. */
    @Override
    public void close() {
        closed = true;
        if (cell != null) {
            cell.release();
        }
    }

    /**
     * Removes the memory: nobody can attach to it any more, and it goes when those who have it have closed it. Also on a closed object.
     *
     * @throws NoSuchFileException if it was removed before
     * @throws IOException if it cannot be removed
     */
    public void unlink() throws IOException {
        Session session = Session.current();
        if (cell == null) {
            NamedFiles.unlink(session, name);
        } else if (!Files.deleteIfExists(session.holdings().fileOf(cell.reference()))) {
            throw noSuch(name);
        }
    }

    /**
     * What can be seen of the memory at this moment.
     *
     * @param name what others attach to
     * @param size how many bytes there are
     * @param closed whether this object is closed
     * @since 0.1.0
     */
    public record Statistics(String name, int size, boolean closed) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(name, size(), closed);
    }

    @Override
    public String toString() {
        return "SharedMemory('" + name + "', size=" + size() + ")";
    }

    // ---- travelling

    /** Memory under a chosen name travels as its name, and that of a family with a handle beside. */
    private static final class Travel extends Form<SharedMemory> {

        @Override
        protected @Nullable Object @Nullable [] depart(SharedMemory memory) throws IOException {
            if (memory.closed) {
                throw new NotSerializableException("a closed shared memory cannot be sent to another process");
            }
            if (memory.cell == null) {
                return new Object[] {memory.name};
            }
            Holdings.Handle handle = Departure.of(memory.cell, "shared memory without a chosen name");
            return handle == null ? null : new Object[] {memory.name, handle.words()};
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) throws IOException {
            String name = (String) Objects.requireNonNull(parts[0]);
            if (parts.length == 1) {
                return attach(name);
            }
            Holdings.Handle handle = Holdings.Handle.of((long[]) Objects.requireNonNull(parts[1]));
            try {
                return over(name, Session.current().holdings().attach(handle));
            } catch (NoSuchFileException e) {
                NoSuchFileException missing = noSuch(name);
                missing.initCause(e);
                throw missing;
            }
        }
    }

    @SuppressWarnings("serial") // an IOException reaches the caller of the stream
    private Object writeReplace() throws IOException {
        return Form.replace(SharedMemory.class, this);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a shared memory travels as a handle, never as itself");
    }
}
