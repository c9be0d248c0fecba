package offspring.multiprocessing.internal.codec.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value that consists of leaves and plain containers, or says that it is none.
 *
 * <p>Leaves are null, boxed primitives, strings, enum constants and arrays of primitives. Plain containers are the JDK's common lists,
 * sets and maps, and arrays of objects or strings, each recognised by its exact class: a subclass may carry more than its
 * elements. Records and lambdas are containers of what they hold ({@link Shape}). A container, an array or a long string that is reached twice ends the attempt, because two copies would
 * arrive; so does a cycle, which reaches its first container again. An object that has a {@link Form} may be reached twice.
 *
 * <p>What the classes cannot tell is asked of the object: {@code List.copyOf} returns a list as it is only when the list
 * refuses null, so a list of {@code Stream.toList()}, of the same class but null-friendly, keeps its manners. Whether a
 * {@code LinkedHashMap} orders by access is seen on a clone.
 *
 * <p>Not safe for several threads; one writer serves one message.
 */
public final class LeafWriter {

    /** A longer string travels once even when it is referred to often. */
    private static final int LONG_STRING = 256;

    private static final Class<?> LIST_N = List.of().getClass();
    private static final Class<?> LIST_12 = List.of(1).getClass();
    private static final Class<?> SET_N = Set.of().getClass();
    private static final Class<?> SET_12 = Set.of(1).getClass();
    private static final Class<?> MAP_N = Map.of().getClass();
    private static final Class<?> MAP_1 = Map.of(1, 1).getClass();

    private final Exit exit;
    private @Nullable SeenObjects seen;
    private @Nullable ShapeWriter shapes;

    /** A writer for one message, which shared objects leave by the exit. */
    public LeafWriter(Exit exit) {
        this.exit = exit;
    }

    /**
     * Appends the value, if it is plain.
     *
     * @param value what to write
     * @param out where, empty at the start; left with half a value when the answer is false
     * @return whether the value was plain and is written
     */
    public boolean write(@Nullable Object value, Encoded out) {
        return value(value, out, 0);
    }

    boolean value(@Nullable Object value, Encoded out, int depth) {
        if (value == null) {
            out.u8(Tags.NULL);
            return true;
        }
        Class<?> kind = value.getClass();
        if (kind == String.class) {
            return string((String) value, out);
        }
        if (kind == Integer.class) {
            out.u8(Tags.INTEGER);
            int number = (Integer) value;
            out.varint(((number << 1) ^ (number >> 31)) & 0xffffffffL);
            return true;
        }
        if (kind == Long.class) {
            out.u8(Tags.LONG);
            long number = (Long) value;
            out.varint((number << 1) ^ (number >> 63));
            return true;
        }
        if (kind == Double.class) {
            out.u8(Tags.DOUBLE);
            out.u64(Double.doubleToRawLongBits((Double) value));
            return true;
        }
        if (kind == Boolean.class) {
            out.u8((Boolean) value ? Tags.TRUE : Tags.FALSE);
            return true;
        }
        return kind.isArray() ? array(value, kind, out, depth) : rare(value, kind, out, depth);
    }

    private boolean rare(Object value, Class<?> kind, Encoded out, int depth) {
        if (value instanceof Collection<?> collection) {
            byte tag = tagOf(collection, kind);
            return tag != 0 && enter(value, depth) && elements(collection, tag, out, depth + 1);
        }
        if (value instanceof Map<?, ?> map) {
            byte tag = tagOf(map, kind);
            return tag != 0 && enter(value, depth) && entries(map, tag, out, depth + 1);
        }
        if (kind == Float.class) {
            out.u8(Tags.FLOAT);
            out.u32(Float.floatToRawIntBits((Float) value));
        } else if (kind == Character.class) {
            out.u8(Tags.CHARACTER);
            out.u16((Character) value);
        } else if (kind == Byte.class) {
            out.u8(Tags.BYTE);
            out.u8((Byte) value);
        } else if (kind == Short.class) {
            out.u8(Tags.SHORT);
            out.u16((Short) value);
        } else if (value instanceof Enum<?> constant) {
            shapes().constant(constant, out);
        } else {
            return shaped(value, Shape.of(kind), out, depth);
        }
        return true;
    }

    private boolean shaped(Object value, Shape shape, Encoded out, int depth) {
        if (shape.kind == Shape.OPAQUE) {
            return false;
        }
        if (enter(value, depth)) {
            return shapes().write(value, shape, out, depth + 1);
        }
        return shape.kind == Shape.SHARED && shapes().again(value, out);
    }

    private ShapeWriter shapes() {
        ShapeWriter writer = shapes;
        if (writer == null) {
            writer = new ShapeWriter(this, exit);
            shapes = writer;
        }
        return writer;
    }

    private boolean array(Object value, Class<?> kind, Encoded out, int depth) {
        if (!enter(value, depth)) {
            return false;
        }
        byte tag = PrimitiveArrays.tagOf(value);
        if (tag != 0) {
            out.array(value, tag);
            return true;
        }
        if (kind != Object[].class && kind != String[].class) {
            return false;
        }
        Object[] elements = (Object[]) value;
        out.u8(kind == Object[].class ? Tags.OBJECT_ARRAY : Tags.STRING_ARRAY);
        out.varint(elements.length);
        for (Object element : elements) {
            if (!value(element, out, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    boolean string(String text, Encoded out) {
        int length = text.length();
        if (length >= LONG_STRING) {
            return longString(text, out);
        }
        out.u8(Tags.STRING_LATIN1);
        int before = out.position();
        out.varint(length);
        if (!out.latin1(text)) {
            out.back(before - 1);
            utf16(text, out);
        }
        return true;
    }

    private boolean longString(String text, Encoded out) {
        if (!enter(text, 0)) {
            return false;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (new String(bytes, StandardCharsets.ISO_8859_1).equals(text)) {
            out.u8(Tags.STRING_LATIN1);
            out.varint(bytes.length);
            out.elements(bytes, Tags.BYTES, bytes.length);
        } else {
            utf16(text, out);
        }
        return true;
    }

    private static void utf16(String text, Encoded out) {
        char[] chars = text.toCharArray();
        out.u8(Tags.STRING_UTF16);
        out.varint(chars.length);
        out.elements(chars, Tags.CHARS, chars.length);
    }

    private boolean elements(Collection<?> collection, byte tag, Encoded out, int depth) {
        int count = collection.size();
        out.u8(tag);
        out.varint(count);
        int written = 0;
        for (Object element : collection) {
            if (!value(element, out, depth)) {
                return false;
            }
            written++;
        }
        return unchanged(collection, count, written);
    }

    private boolean entries(Map<?, ?> map, byte tag, Encoded out, int depth) {
        int count = map.size();
        out.u8(tag);
        out.varint(count);
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!value(entry.getKey(), out, depth) || !value(entry.getValue(), out, depth)) {
                return false;
            }
            written++;
        }
        return unchanged(map, count, written);
    }

    private static boolean unchanged(Object container, int count, int written) {
        if (written != count) {
            throw new ConcurrentModificationException(
                    container.getClass().getName() + " of " + count + " elements gave " + written
                            + " while it was encoded; another thread changes it: send a copy, or lock it");
        }
        return true;
    }

    /** False when the object was reached before, or lies too deep for a plain value. */
    private boolean enter(Object container, int depth) {
        if (depth >= Tags.MAX_PLAIN_DEPTH) {
            return false;
        }
        SeenObjects known = seen;
        if (known == null) {
            known = new SeenObjects();
            seen = known;
        }
        return known.add(container);
    }

    private static byte tagOf(Collection<?> value, Class<?> kind) {
        if (kind == ArrayList.class) {
            return Tags.ARRAY_LIST;
        }
        if (kind == LIST_12) {
            return Tags.IMMUTABLE_LIST;
        }
        if (kind == LIST_N) {
            return refusesNull((List<?>) value) ? Tags.IMMUTABLE_LIST : Tags.NULLABLE_LIST;
        }
        if (kind == HashSet.class) {
            return Tags.HASH_SET;
        }
        if (kind == LinkedHashSet.class) {
            return Tags.LINKED_HASH_SET;
        }
        if (kind == SET_N || kind == SET_12) {
            return Tags.IMMUTABLE_SET;
        }
        return kind == ArrayDeque.class ? Tags.ARRAY_DEQUE : 0;
    }

    private static byte tagOf(Map<?, ?> value, Class<?> kind) {
        if (kind == HashMap.class) {
            return Tags.HASH_MAP;
        }
        if (kind == LinkedHashMap.class) {
            return ordersByAccess((LinkedHashMap<?, ?>) value) ? 0 : Tags.LINKED_HASH_MAP;
        }
        return kind == MAP_N || kind == MAP_1 ? Tags.IMMUTABLE_MAP : 0;
    }

    /** The only public sign: a list that refuses null is its own immutable copy. */
    private static boolean refusesNull(List<?> list) {
        for (Object element : list) {
            if (element == null) {
                return false;
            }
        }
        return List.copyOf(list) == list;
    }

    /** Reads the first of two keys of a clone: when it is the last one then, the map orders by access. */
    @SuppressWarnings("NonApiType")
    private static boolean ordersByAccess(LinkedHashMap<?, ?> map) {
        @SuppressWarnings("unchecked")
        LinkedHashMap<Object, @Nullable Object> clone = (LinkedHashMap<Object, @Nullable Object>) map.clone();
        clone.clear();
        Object first = Tags.class;
        clone.put(first, first);
        clone.put(LeafWriter.class, first);
        clone.get(first);
        return clone.keySet().iterator().next() != first;
    }
}
