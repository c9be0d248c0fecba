package offspring.multiprocessing.internal.codec.wire;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link LeafWriter} wrote, from bytes that may be garbage.
 *
 * <p>Every count is compared with the bytes that are left before anything is allocated, so a message costs memory in
 * proportion to its length, whatever it claims.
 */
public final class LeafReader {

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private long claimed;

    private final Gate gate;
    private @Nullable ShapeReader shapes;

    /** Reads {@code bytes[from … end)}; classes that the message names come through the gate. */
    public LeafReader(byte[] bytes, int from, int end, Gate gate) {
        this.gate = gate;
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.end = end;
    }

    /** Reads the value, which must fill the message. */
    public @Nullable Object read() throws IOException {
        Object value = value(0);
        if (at != end) {
            throw corrupt((end - at) + " bytes follow the value");
        }
        return value;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - at;
    }

    /** Reads an array of primitives, its tag first. */
    public Object taggedArray() throws StreamCorruptedException {
        int tag = u8();
        if (!Tags.isPrimitiveArray(tag)) {
            throw corrupt("an array was expected, and not tag " + tag);
        }
        return primitives(tag);
    }

    /** Reads a count of things that take at least {@code 1 << shift} bytes each. */
    public int count(int shift) throws StreamCorruptedException {
        long count = varint();
        if (count < 0 || count > remaining() >> shift) {
            throw corrupt("a count of " + Long.toUnsignedString(count) + " cannot lie in " + remaining() + " bytes");
        }
        return (int) count;
    }

    /**
     * Reads the count of a container's values. Each value takes a byte of its own, so all counts together cannot exceed
     * the message: containers that nest cannot each claim what is left.
     */
    int values(int perElement) throws StreamCorruptedException {
        int count = count(perElement - 1);
        claimed += (long) count * perElement;
        if (claimed > end - start) {
            throw corrupt("containers that claim " + claimed + " values");
        }
        return count;
    }

    private @Nullable Object value(int depth) throws IOException {
        int tag = u8();
        return switch (tag) {
            case Tags.NULL -> null;
            case Tags.TRUE -> true;
            case Tags.FALSE -> false;
            case Tags.BYTE -> (byte) u8();
            case Tags.SHORT -> (short) u16();
            case Tags.CHARACTER -> (char) u16();
            case Tags.INTEGER -> integer();
            case Tags.LONG -> longInteger();
            case Tags.FLOAT -> Float.intBitsToFloat(u32());
            case Tags.DOUBLE -> Double.longBitsToDouble(u64());
            case Tags.STRING_LATIN1 -> latin1();
            case Tags.STRING_UTF16 -> utf16();
            default -> Tags.isPrimitiveArray(tag) ? primitives(tag) : container(tag, depth + 1);
        };
    }

    private Long longInteger() throws StreamCorruptedException {
        long zigzag = varint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private ShapeReader shapes() {
        ShapeReader reader = shapes;
        if (reader == null) {
            reader = new ShapeReader(this, gate);
            shapes = reader;
        }
        return reader;
    }

    /** Reads a value that must be a string. */
    String text() throws StreamCorruptedException {
        int tag = u8();
        if (tag == Tags.STRING_LATIN1) {
            return latin1();
        }
        if (tag == Tags.STRING_UTF16) {
            return utf16();
        }
        throw corrupt("tag " + tag + " where a name must be");
    }

    /** Reads a number from 0 to the limit. */
    int index(int limit) throws StreamCorruptedException {
        long index = varint();
        if (index < 0 || index > limit) {
            throw corrupt("number " + index + " of " + limit);
        }
        return (int) index;
    }

    private Integer integer() throws StreamCorruptedException {
        long zigzag = varint();
        if (zigzag >>> 32 != 0) {
            throw corrupt("an Integer of more than 32 bits");
        }
        return (int) (zigzag >>> 1) ^ -(int) (zigzag & 1);
    }

    private String latin1() throws StreamCorruptedException {
        int count = count(0);
        String text = new String(bytes, at, count, StandardCharsets.ISO_8859_1);
        at += count;
        return text;
    }

    private String utf16() throws StreamCorruptedException {
        int count = count(1);
        char[] chars = new char[count];
        PrimitiveArrays.fromBytes(bytes, at, chars, Tags.CHARS, 0, count);
        at += count << 1;
        return new String(chars);
    }

    private Object primitives(int tag) throws StreamCorruptedException {
        int shift = PrimitiveArrays.shift(tag);
        int count = count(shift);
        Object array = PrimitiveArrays.allocate(tag, count);
        PrimitiveArrays.fromBytes(bytes, at, array, tag, 0, count);
        at += count << shift;
        return array;
    }

    private Object container(int tag, int depth) throws IOException {
        if (depth > Tags.MAX_PLAIN_DEPTH) {
            throw corrupt("containers nested deeper than " + Tags.MAX_PLAIN_DEPTH);
        }
        return switch (tag) {
            case Tags.OBJECT_ARRAY -> objects(values(1), depth);
            case Tags.STRING_ARRAY -> strings(values(1));
            case Tags.ARRAY_LIST -> list(values(1), depth);
            case Tags.IMMUTABLE_LIST -> immutableList(objects(values(1), depth));
            case Tags.NULLABLE_LIST ->
                Arrays.asList(objects(values(1), depth)).stream().toList();
            case Tags.HASH_SET -> set(values(1), depth);
            case Tags.LINKED_HASH_SET -> linkedSet(values(1), depth);
            case Tags.IMMUTABLE_SET -> immutableSet(objects(values(1), depth));
            case Tags.ARRAY_DEQUE -> deque(values(1), depth);
            case Tags.HASH_MAP -> map(values(2), depth);
            case Tags.LINKED_HASH_MAP -> linkedMap(values(2), depth);
            case Tags.IMMUTABLE_MAP -> immutableMap(values(2), depth);
            case Tags.ENUM -> shapes().constant();
            case Tags.RECORD -> shapes().record(depth);
            case Tags.LAMBDA -> shapes().lambda(depth);
            case Tags.SHARED -> shapes().shared(depth);
            case Tags.AGAIN -> shapes().again();
            default -> {
                at--;
                throw corrupt("tag " + tag + " is unknown");
            }
        };
    }

    private Object list(int count, int depth) throws IOException {
        return fill(new ArrayList<>(count), count, depth);
    }

    private Object set(int count, int depth) throws IOException {
        return fill(new HashSet<>(capacity(count)), count, depth);
    }

    private Object linkedSet(int count, int depth) throws IOException {
        return fill(new LinkedHashSet<>(capacity(count)), count, depth);
    }

    private Object map(int count, int depth) throws IOException {
        return fill(new HashMap<>(capacity(count)), count, depth);
    }

    private Object linkedMap(int count, int depth) throws IOException {
        return fill(new LinkedHashMap<>(capacity(count)), count, depth);
    }

    @Nullable
    Object[] objects(int count, int depth) throws IOException {
        @Nullable Object[] objects = new Object[count];
        for (int i = 0; i < count; i++) {
            objects[i] = value(depth);
        }
        return objects;
    }

    private @Nullable String[] strings(int count) throws StreamCorruptedException {
        @Nullable String[] strings = new String[count];
        for (int i = 0; i < count; i++) {
            int tag = u8();
            if (tag == Tags.STRING_LATIN1) {
                strings[i] = latin1();
            } else if (tag == Tags.STRING_UTF16) {
                strings[i] = utf16();
            } else if (tag != Tags.NULL) {
                throw corrupt("tag " + tag + " in an array of strings");
            }
        }
        return strings;
    }

    private Collection<@Nullable Object> fill(Collection<@Nullable Object> target, int count, int depth)
            throws IOException {
        for (int i = 0; i < count; i++) {
            target.add(value(depth));
        }
        if (target.size() != count) {
            throw corrupt("a set with an element twice");
        }
        return target;
    }

    private Map<@Nullable Object, @Nullable Object> fill(
            Map<@Nullable Object, @Nullable Object> target, int count, int depth) throws IOException {
        for (int i = 0; i < count; i++) {
            Object key = value(depth);
            target.put(key, value(depth));
        }
        if (target.size() != count) {
            throw corrupt("a map with a key twice");
        }
        return target;
    }

    private ArrayDeque<Object> deque(int count, int depth) throws IOException {
        ArrayDeque<Object> deque = new ArrayDeque<>(count + 1);
        for (int i = 0; i < count; i++) {
            deque.add(present(value(depth)));
        }
        return deque;
    }

    private List<Object> immutableList(@Nullable Object[] elements) throws StreamCorruptedException {
        for (Object element : elements) {
            present(element);
        }
        return switch (elements.length) {
            case 1 -> List.of(present(elements[0]));
            case 2 -> List.of(present(elements[0]), present(elements[1]));
            default -> List.of(elements);
        };
    }

    private Set<Object> immutableSet(@Nullable Object[] elements) throws StreamCorruptedException {
        for (Object element : elements) {
            present(element);
        }
        try {
            return Set.of(elements);
        } catch (IllegalArgumentException twice) {
            throw corrupt("a set with an element twice");
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Map<Object, Object> immutableMap(int count, int depth) throws IOException {
        Map.Entry<Object, Object>[] entries = new Map.Entry[count];
        for (int i = 0; i < count; i++) {
            Object key = present(value(depth));
            entries[i] = Map.entry(key, present(value(depth)));
        }
        try {
            return Map.ofEntries(entries);
        } catch (IllegalArgumentException twice) {
            throw corrupt("a map with a key twice");
        }
    }

    private Object present(@Nullable Object element) throws StreamCorruptedException {
        if (element == null) {
            throw corrupt("null in a container that has none");
        }
        return element;
    }

    /** The table that so many entries make by being put one by one, so that they are iterated in the same order. */
    private static int capacity(int count) {
        return count <= 12 ? 16 : (int) Math.min((count * 4L + 2) / 3, 1 << 30);
    }

    int u8() throws StreamCorruptedException {
        if (at >= end) {
            throw corrupt("the message ends in the middle of a value");
        }
        return bytes[at++] & 0xff;
    }

    private int u16() throws StreamCorruptedException {
        int low = u8();
        return low | u8() << 8;
    }

    private int u32() throws StreamCorruptedException {
        int low = u16();
        return low | u16() << 16;
    }

    private long u64() throws StreamCorruptedException {
        long low = u32() & 0xffffffffL;
        return low | (long) u32() << 32;
    }

    private long varint() throws StreamCorruptedException {
        byte[] source = bytes;
        int from = at;
        long value = 0;
        for (int shift = 0; shift < 64 && from < end; shift += 7) {
            byte group = source[from++];
            value |= (long) (group & 0x7f) << shift;
            if (group >= 0) {
                at = from;
                return value;
            }
        }
        at = from;
        throw corrupt(from < end ? "a number of more than ten bytes" : "the message ends in the middle of a value");
    }

    StreamCorruptedException corrupt(String what) {
        return new StreamCorruptedException(
                "corrupt message of " + (end - start) + " bytes: " + what + ", at byte " + (at - start));
    }

    /** Finds out how instances or lambdas of this class are made; says whether without an object stream. */
    public static boolean expect(Class<?> type) {
        return Shape.of(type).kind != Shape.OPAQUE || Shape.remaker(type) != null;
    }
}
