package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * A file of the session, mapped into this process: the bytes that processes share.
 *
 * <p>The words in it are reached with the access modes of {@link VarHandle}, named as there: {@code Volatile}, {@code
 * Acquire}, {@code Release}, {@code Plain}. Offsets are in bytes; a word's offset is a multiple of its size.
 *
 * <p>A segment is <b>allocated by writing it</b>. A file that is only stretched has no pages yet, and a RAM file system
 * that is full when one is touched kills the JVM with SIGBUS; a write that finds no room is an {@link IOException}.
 */
public final class Segment {

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int ZEROES = 1 << 16;
    private static final int ATTEMPTS = 8;

    /** Changes when the maker {@linkplain #publish publishes} it. */
    private volatile Path file;

    private final ByteBuffer mapped;

    private Segment(Path file, ByteBuffer mapped) {
        this.file = file;
        this.mapped = mapped;
        this.mapped.order(ByteOrder.nativeOrder());
    }

    /**
     * Makes a new file of zeroes and maps it.
     *
     * <p>The memory of a segment that was deleted is given back only when the garbage collector has found that it is no longer
     * mapped, and mapped memory does not make the collector run. So when there is no room, or {@linkplain Pressure much} was made, it is
     * asked to.
     *
     * @throws IOException if the file is there already, or there is no room for it; no file is left then
     */
    public static Segment create(Path file, int sizeBytes) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                Segment made = allocate(file, sizeBytes);
                Pressure.added(file, sizeBytes);
                return made;
            } catch (FileAlreadyExistsException | NoSuchFileException | AccessDeniedException e) {
                throw refusal(file, sizeBytes, e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw refusal(file, sizeBytes, e);
                }
                if (attempt % 4 == 0) {
                    System.gc();
                }
                LockSupport.parkNanos(1_000_000L << attempt); // a thread of the JVM unmaps what was found
            }
        }
    }

    private static IOException refusal(Path file, int sizeBytes, IOException cause) {
        return new IOException(
                "cannot allocate " + sizeBytes + " bytes of shared memory as " + file + " (" + cause.getMessage()
                        + "); make room there, or choose another place with -D" + SessionDirectory.PLACE_PROPERTY
                        + "=DIRECTORY",
                cause);
    }

    private static Segment allocate(Path file, int sizeBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try {
                writeZeroes(channel, sizeBytes);
                return new Segment(file, Mapping.of(channel, sizeBytes));
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    private static void writeZeroes(FileChannel channel, int sizeBytes) throws IOException {
        ByteBuffer zeroes = ByteBuffer.allocateDirect(Math.min(sizeBytes, ZEROES));
        for (int written = 0; written < sizeBytes; ) {
            zeroes.clear().limit(Math.min(zeroes.capacity(), sizeBytes - written));
            written += channel.write(zeroes);
        }
    }

    /** Maps a file that another process, or this one, has created. */
    public static Segment open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return new Segment(file, Mapping.of(channel, channel.size()));
        }
    }

    /** Gives the file the name under which others will look for it, when all is in it that they shall find. */
    public void publish(Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
        file = name;
    }

    /** The file behind the memory. */
    public Path file() {
        return file;
    }

    /** How many bytes are mapped. */
    public int sizeBytes() {
        return mapped.capacity();
    }

    /** Removes the file's name. Processes that have it mapped keep the memory. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Reads a word as if it were an ordinary field. */
    public long getPlain(int offset) {
        return (long) LONG.get(mapped, offset);
    }

    /** Reads a word; later reads and writes stay behind it. */
    public long getAcquire(int offset) {
        return (long) LONG.getAcquire(mapped, offset);
    }

    /** Reads a word in the one order that all processes agree on. */
    public long getVolatile(int offset) {
        return (long) LONG.getVolatile(mapped, offset);
    }

    /** Writes a word as if it were an ordinary field. */
    public void putPlain(int offset, long value) {
        LONG.set(mapped, offset, value);
    }

    /** Writes a word; earlier reads and writes are visible to whoever sees it. */
    public void putRelease(int offset, long value) {
        LONG.setRelease(mapped, offset, value);
    }

    /** Writes a word in the one order that all processes agree on. */
    public void putVolatile(int offset, long value) {
        LONG.setVolatile(mapped, offset, value);
    }

    /** Replaces {@code expected} by {@code value}, if it is there; volatile both ways. */
    public boolean compareAndSet(int offset, long expected, long value) {
        return LONG.compareAndSet(mapped, offset, expected, value);
    }

    /** Adds, and gives what was there before; volatile both ways. */
    public long getAndAdd(int offset, long delta) {
        return (long) LONG.getAndAdd(mapped, offset, delta);
    }

    /** Sets bits, and gives what was there before; volatile both ways. */
    public long getAndOr(int offset, long bits) {
        return (long) LONG.getAndBitwiseOr(mapped, offset, bits);
    }

    /** Replaces a word, and gives what was there before; volatile both ways. */
    public long getAndSet(int offset, long value) {
        return (long) LONG.getAndSet(mapped, offset, value);
    }

    /**
     * What the calling thread wrote before is seen by all processes before what it reads next: the bridge between a store in release
     * mode and the look whether somebody sleeps for it.
     */
    public static void fullFence() {
        VarHandle.fullFence();
    }

    /** A part of the memory as a buffer of its own, in the order of the machine. */
    public ByteBuffer slice(int offset, int count) {
        return mapped.slice(offset, count).order(ByteOrder.nativeOrder());
    }

    /** Copies bytes out of this process into the segment, in plain mode: a later release store publishes them. */
    public void putBytes(int offset, byte[] source, int from, int count) {
        mapped.put(offset, source, from, count);
    }

    /** Copies bytes out of the segment, in plain mode: after an acquire load that saw them published. */
    public void getBytes(int offset, byte[] target, int from, int count) {
        mapped.get(offset, target, from, count);
    }

    @Override
    public String toString() {
        return "Segment[" + file + ", " + sizeBytes() + " bytes]";
    }
}
