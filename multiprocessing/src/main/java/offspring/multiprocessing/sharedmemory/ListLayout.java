package offspring.multiprocessing.sharedmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the items of a {@link ShareableList} are: the layout of CPython's {@code ShareableList}, so that each can read and write
 * what the other has made, and an area behind it.
 *
 * <pre>
 *   8 bytes           N, the number of items
 *   8 bytes × (N+1)   where each item's slot begins, and where the last ends, counted from the first
 *   slots             8 bytes: a long, a double, or a truth value in byte 7 · texts (UTF-8) and bytes: a multiple of 8, zeroes behind
 *   8 bytes × N       formats: "q" long · "d" double · "xxxxxxx?" truth value · "xxxxxx?x" null · "24s" a slot of 24 for text or bytes
 *   1 byte × N        codes: 0 as the format says · 1 text · 2 bytes · 3 null · 4 text, 5 bytes, whose length stands in the last area
 *   to 8 bytes
 *   8 bytes × N       lengths, for codes 4 and 5; not there in a list that CPython has made
 * </pre>
 *
 * <p>CPython knows no length, and takes the zeroes at the end away. So what ends with zeroes of its own has code 4 or 5 here, which CPython
 * refuses to read rather than to read wrongly. When it writes, it sets its own code again.
 */
final class ListLayout {

    private static final int WORD = 8;
    /** The longest slot whose format has 8 characters, "9999992s". */
    private static final int LONGEST_SLOT = 9_999_992;

    private static final byte PLAIN = 0;
    private static final byte TEXT = 1;
    private static final byte BYTES = 2;
    private static final byte NULL = 3;
    /** What is added to the code of a text or bytes whose length is written. */
    private static final byte EXACT = 3;

    private final int count;
    /** Where slot i begins; one more for the end. */
    private final int[] slots;

    private final int formats;
    private final int codes;
    private final int lengths;

    private ListLayout(int[] slots) {
        this.count = slots.length - 1;
        this.slots = slots;
        this.formats = slots[count];
        this.codes = formats + count * WORD;
        this.lengths = (codes + count + WORD - 1) / WORD * WORD;
    }

    /** An item as bytes for its slot. */
    private record Item(String format, byte code, byte[] bytes) {}

    // ---- making

    /** The layout for these items. */
    static ListLayout of(List<? extends @Nullable Object> items) {
        int[] slots = new int[items.size() + 1];
        long at = (items.size() + 2L) * WORD;
        for (int i = 0; i < items.size(); i++) {
            slots[i] = (int) at;
            at += slotFor(items.get(i), i);
            if (at + items.size() * (2L * WORD + 2) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("items take more than 2 GiB; share them in several lists");
            }
        }
        slots[items.size()] = (int) at;
        return new ListLayout(slots);
    }

    private static int slotFor(@Nullable Object value, int index) {
        Item item = itemOf(value, "0s");
        boolean open = item.code() == TEXT || item.code() == BYTES;
        int size = open ? (item.bytes().length / WORD + 1) * WORD : WORD;
        if (size > LONGEST_SLOT || size < 0) {
            throw new IllegalArgumentException("item " + index + " has " + item.bytes().length
                    + " bytes; a list holds at most " + (LONGEST_SLOT - 1) + " in one item");
        }
        return size;
    }

    /** Writes what stands there once and for all; the items are still to be set. */
    void begin(ByteBuffer to) {
        to.putLong(0, count);
        for (int i = 0; i <= count; i++) {
            to.putLong((i + 1) * WORD, slots[i] - slots[0]);
        }
    }

    /**
     * The layout of a list that is there.
     *
     * @throws IOException if it is none
     */
    static ListLayout read(ByteBuffer from, String name) throws IOException {
        long count = from.capacity() < WORD ? -1 : from.getLong(0);
        if (count < 0 || count > from.capacity() / WORD - 2) {
            throw new IOException("shared memory " + name + " has no shareable list: it begins with " + count);
        }
        int[] slots = new int[(int) count + 1];
        long first = (count + 2) * WORD;
        for (int i = 0; i < slots.length; i++) {
            long slot = first + from.getLong((i + 1) * WORD);
            long least = i == 0 ? first : slots[i - 1] + WORD;
            if (slot < least || slot + count * (WORD + 1) > from.capacity() || (i == 0 && slot != first)) {
                throw new IOException(
                        "shared memory " + name + " has no shareable list: slot " + i + " begins at " + (slot - first));
            }
            slots[i] = (int) slot;
        }
        return new ListLayout(slots);
    }

    int count() {
        return count;
    }

    /** How many bytes it takes, with all areas. */
    int sizeBytes() {
        return lengths + count * WORD;
    }

    // ---- items

    /** Reads an item. */
    @Nullable
    Object get(ByteBuffer from, int index) {
        byte code = from.get(codes + index);
        return switch (code) {
            case PLAIN -> plain(from, index);
            case TEXT -> new String(stripped(from, index), StandardCharsets.UTF_8);
            case BYTES -> stripped(from, index);
            case NULL -> null;
            case TEXT + EXACT -> new String(exact(from, index), StandardCharsets.UTF_8);
            case BYTES + EXACT -> exact(from, index);
            default -> throw torn(index, "code " + code);
        };
    }

    private Object plain(ByteBuffer from, int index) {
        String format = format(from, index);
        return switch (format) {
            case "q" -> from.getLong(slots[index]);
            case "d" -> from.getDouble(slots[index]);
            case "xxxxxxx?" -> from.get(slots[index] + WORD - 1) != 0;
            default -> throw torn(index, "format \"" + format + "\"");
        };
    }

    private byte[] stripped(ByteBuffer from, int index) {
        int end = slots[index + 1];
        while (end > slots[index] && from.get(end - 1) == 0) {
            end--;
        }
        return copy(from, slots[index], end - slots[index]);
    }

    private byte[] exact(ByteBuffer from, int index) {
        long length = hasLengths(from) ? from.getLong(lengths + index * WORD) : -1;
        if (length < 0 || length > slots[index + 1] - slots[index]) {
            throw torn(index, "length " + length);
        }
        return copy(from, slots[index], (int) length);
    }

    private static byte[] copy(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        return bytes;
    }

    private static IllegalStateException torn(int index, String what) {
        return new IllegalStateException("item " + index + " has " + what
                + ", which no item has: it is being written at this moment, or was overwritten; use a lock");
    }

    /** Writes an item, or nothing if it does not fit. */
    void set(ByteBuffer to, int index, @Nullable Object value) {
        int size = slots[index + 1] - slots[index];
        Item item = itemOf(value, size + "s");
        byte[] bytes = item.bytes();
        if (bytes.length > size) {
            throw new IllegalArgumentException("value for item " + index + " exceeds the available storage: it has "
                    + bytes.length + " bytes, and the slot has " + size);
        }
        boolean exact =
                (item.code() == TEXT || item.code() == BYTES) && bytes.length > 0 && bytes[bytes.length - 1] == 0;
        if (exact && !hasLengths(to)) {
            throw new IllegalArgumentException("value for item " + index
                    + " ends with a zero byte, which a list that was made by Python cannot hold");
        }
        to.put(slots[index], Arrays.copyOf(bytes, size));
        if (exact) {
            to.putLong(lengths + index * WORD, bytes.length);
        }
        to.put(formats + index * WORD, Arrays.copyOf(item.format().getBytes(StandardCharsets.US_ASCII), WORD));
        to.put(codes + index, exact ? (byte) (item.code() + EXACT) : item.code());
    }

    private boolean hasLengths(ByteBuffer memory) {
        return memory.capacity() >= sizeBytes();
    }

    /** The format of an item, as CPython calls it. */
    String format(ByteBuffer from, int index) {
        byte[] format = copy(from, formats + index * WORD, WORD);
        int end = 0;
        while (end < WORD && format[end] != 0) {
            end++;
        }
        return new String(format, 0, end, StandardCharsets.US_ASCII);
    }

    private static Item itemOf(@Nullable Object value, String open) {
        if (value == null) {
            return new Item("xxxxxx?x", NULL, new byte[WORD]);
        } else if (value instanceof Long || value instanceof Integer) {
            return new Item(
                    "q", PLAIN, word().putLong(0, ((Number) value).longValue()).array());
        } else if (value instanceof Double number) {
            return new Item("d", PLAIN, word().putDouble(0, number).array());
        } else if (value instanceof Boolean truth) {
            return new Item(
                    "xxxxxxx?",
                    PLAIN,
                    word().put(WORD - 1, truth ? (byte) 1 : 0).array());
        } else if (value instanceof String text) {
            return new Item(open, TEXT, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            return new Item(open, BYTES, bytes);
        }
        throw new IllegalArgumentException("value is a " + value.getClass().getName()
                + "; a shareable list holds Long, Integer, Double, Boolean, String, byte[] and null");
    }

    private static ByteBuffer word() {
        return ByteBuffer.allocate(WORD).order(java.nio.ByteOrder.nativeOrder());
    }
}
