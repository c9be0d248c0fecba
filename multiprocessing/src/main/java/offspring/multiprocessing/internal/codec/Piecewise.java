package offspring.multiprocessing.internal.codec;

import java.io.StreamCorruptedException;
import offspring.multiprocessing.internal.codec.wire.PrimitiveArrays;
import offspring.multiprocessing.internal.codec.wire.Source;
import offspring.multiprocessing.internal.codec.wire.Tags;
import org.jspecify.annotations.Nullable;

/** A message that comes in pieces: its head is looked at before room is made for the rest. */
final class Piecewise<X extends Exception> {

    /** A tag and the longest count. */
    private static final int HEAD = 11;

    /** Below that, one more copy costs less than a second read. */
    private static final int SMALL = 4096;

    private final Source<X> source;
    private final long length;
    private final byte[] head;

    Piecewise(Source<X> source, long length) throws X {
        this.source = source;
        this.length = length;
        this.head = new byte[(int) Math.min(length, length <= SMALL ? SMALL : HEAD)];
        source.read(head, 0, head.length);
    }

    /** The array that the message consists of, null when it is not just that. */
    @Nullable
    Object array() throws X {
        if (length == head.length || !Tags.isPrimitiveArray(head[0])) {
            return null;
        }
        int shift = PrimitiveArrays.shift(head[0]);
        int at = 1;
        long count = 0;
        for (int bits = 0; at < head.length; bits += 7) {
            int group = head[at++];
            count |= (long) (group & 0x7f) << bits;
            if (group >= 0) {
                break;
            }
        }
        if (count < 0 || count > Integer.MAX_VALUE || (count << shift) + at != length) {
            return null;
        }
        Object array = PrimitiveArrays.allocate(head[0], (int) count);
        PrimitiveArrays.fill(array, head[0], new Joined<>(head, at, source));
        return array;
    }

    /** The whole message. */
    byte[] all() throws StreamCorruptedException, X {
        if (length == head.length) {
            return head;
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new StreamCorruptedException(
                    "message of " + length + " bytes: only a single array may be longer than 2 GiB");
        }
        byte[] all = new byte[(int) length];
        System.arraycopy(head, 0, all, 0, head.length);
        source.read(all, head.length, all.length - head.length);
        return all;
    }

    /** What is left of a head that was read already, and then the source. */
    private static final class Joined<X extends Exception> implements Source<X> {

        private final byte[] head;
        private final Source<X> rest;
        private int at;

        Joined(byte[] head, int at, Source<X> rest) {
            this.head = head;
            this.at = at;
            this.rest = rest;
        }

        @Override
        public void read(byte[] target, int offset, int length) throws X {
            int begun = Math.min(length, head.length - at);
            System.arraycopy(head, at, target, offset, begun);
            at += begun;
            if (length > begun) {
                rest.read(target, offset + begun, length - begun);
            }
        }
    }
}
