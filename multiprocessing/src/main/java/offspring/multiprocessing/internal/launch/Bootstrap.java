package offspring.multiprocessing.internal.launch;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/**
 * What a child learns first, on its standard input.
 *
 * <pre>
 *   int   magic            "OfS" and the version of this record
 *   UTF   session directory
 *   long  identity         the slot that the parent took for the child
 *   UTF   name
 *   long  pid of the parent
 *   UTF   name of the parent
 *   int   flags            daemon; stands by; its children stand by
 *   int   length, ints     the numbers of the process and its ancestors
 *   int   length, bytes    authentication key
 *   int   length, bytes    the work, as the codec wrote it
 *   int   end mark         the record is whole
 * </pre>
 *
 * <p>A child that stands by reads two: the first tells it how to prepare itself, the second who it is and what to do. After the last
 * the stream stays open: it is the {@link Tether}.
 *
 * @param directory the session's directory
 * @param identity who the child is
 * @param name the child's name
 * @param parentPid the system's number of the parent
 * @param parentName the parent's name
 * @param flags {@link #DAEMON}, {@link #STANDS_BY}, {@link #CHILDREN_STAND_BY}
 * @param numbers the numbers of the process and of its ancestors below the main one
 * @param authkey the key with which processes of the family know each other
 * @param work what the child is to do, encoded
 */
public record Bootstrap(
        String directory,
        long identity,
        String name,
        long parentPid,
        String parentName,
        int flags,
        int[] numbers,
        byte[] authkey,
        byte[] work) {

    /** The child is a daemon. */
    public static final int DAEMON = 1;

    /** The work is only preparation; a second record with the real work follows some day. */
    public static final int STANDS_BY = 2;

    /** The child's own children are taken from those that stand by, unless they are told otherwise. */
    public static final int CHILDREN_STAND_BY = 4;

    private static final int MAGIC = 0x4f66_5303;
    private static final int END = 0x4f66_530e;
    private static final int LONGEST_KEY = 1 << 16;
    private static final int MOST_NUMBERS = 1 << 10;

    /** Whether the child is a daemon. */
    public boolean daemon() {
        return (flags & DAEMON) != 0;
    }

    /** Whether the child prepares itself and waits for a second record. */
    boolean standsBy() {
        return (flags & STANDS_BY) != 0;
    }

    /** Whether the child's own children are taken from those that stand by, unless they are told otherwise. */
    public boolean childrenStandBy() {
        return (flags & CHILDREN_STAND_BY) != 0;
    }

    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(work.length + 512);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeUTF(directory);
        out.writeLong(identity);
        out.writeUTF(name);
        out.writeLong(parentPid);
        out.writeUTF(parentName);
        out.writeInt(flags);
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
        out.writeInt(authkey.length);
        out.write(authkey);
        out.writeInt(work.length);
        out.write(work);
        out.writeInt(END);
        return bytes.toByteArray();
    }

    /**
     * Reads the record; null if the stream ends before it begins: the parent is gone.
     *
     * @throws java.io.EOFException if the stream ends within the record: the parent was killed while it wrote
     * @throws StreamCorruptedException if it is something else than a record of this version
     */
    static @Nullable Bootstrap read(InputStream stream) throws IOException {
        PushbackInputStream parent = new PushbackInputStream(stream);
        int first = parent.read();
        if (first < 0) {
            return null;
        }
        parent.unread(first);
        DataInputStream in = new DataInputStream(parent);
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw new StreamCorruptedException("standard input does not begin with a bootstrap record but with 0x"
                    + Integer.toHexString(magic)
                    + "; this program is started by the library, with the same version of it on both sides");
        }
        Bootstrap record = new Bootstrap(
                in.readUTF(),
                in.readLong(),
                in.readUTF(),
                in.readLong(),
                in.readUTF(),
                in.readInt(),
                readNumbers(in),
                readBytes(in, LONGEST_KEY),
                readBytes(in, Integer.MAX_VALUE));
        int end = in.readInt();
        if (end != END) {
            throw new StreamCorruptedException("the bootstrap record ends with 0x" + Integer.toHexString(end));
        }
        return record;
    }

    private static int[] readNumbers(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_NUMBERS) {
            throw new StreamCorruptedException("the bootstrap record announces " + length + " numbers");
        }
        int[] numbers = new int[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = in.readInt();
        }
        return numbers;
    }

    /** Reads in pieces, so that a length that lies costs no memory. */
    private static byte[] readBytes(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > longest) {
            throw new StreamCorruptedException("the bootstrap record announces " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new java.io.EOFException("the bootstrap record ends early");
        }
        return bytes;
    }
}
