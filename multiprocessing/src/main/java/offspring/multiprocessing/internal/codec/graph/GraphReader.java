package offspring.multiprocessing.internal.codec.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.internal.codec.wire.LeafReader;
import offspring.multiprocessing.internal.codec.wire.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link GraphWriter} wrote, from bytes that may be garbage.
 *
 * <p>A class is asked for by its id or name, checked by the filter, and only then described: describing a class may run
 * its static initializer.
 */
public final class GraphReader extends ObjectInputStream {

    private static final int HEAD = 5;

    private final ClassResolver resolver;
    private final GraphFilter filter;
    private final Bytes input;
    private final List<Object> arrays;

    /** The class whose descriptor was read last; the stream resolves it next. */
    private @Nullable Class<?> described;

    private GraphReader(Bytes input, List<Object> arrays, ClassResolver resolver, GraphFilter filter)
            throws IOException {
        super(input);
        this.input = input;
        this.arrays = arrays;
        this.resolver = resolver;
        this.filter = filter;
        setObjectInputFilter(filter);
    }

    /**
     * Reads a graph, its tag first.
     *
     * @param bytes where it lies
     * @param from where it begins
     * @param end where it ends
     * @param rules what may be loaded, and from where
     * @return the root of the graph
     * @throws IOException when the bytes are no graph, or one that is refused
     */
    public static @Nullable Object read(byte[] bytes, int from, int end, Rules rules) throws IOException {
        if (end - from < HEAD) {
            throw corrupt(end - from, "it ends in its head", end - from);
        }
        int length = (bytes[from + 1] & 0xff)
                | (bytes[from + 2] & 0xff) << 8
                | (bytes[from + 3] & 0xff) << 16
                | (bytes[from + 4] & 0xff) << 24;
        if (length < 0 || length > end - from - HEAD) {
            throw corrupt(end - from, "its stream claims " + (length & 0xffffffffL) + " bytes", 1);
        }
        Bytes input = new Bytes(bytes, from + HEAD, from + HEAD + length);
        GraphFilter filter = new GraphFilter(rules.limits(), rules.filter(), input);
        List<Object> arrays = arrays(new LeafReader(bytes, input.end, end, GraphReader::noClass), filter);
        GraphReader reader = new GraphReader(input, arrays, rules.resolver(), filter);
        Object root = reader.root(from, end);
        if (input.remaining() > 0) {
            throw corrupt(end - from, input.remaining() + " bytes follow the graph", input.at - from);
        }
        return root;
    }

    private static List<Object> arrays(LeafReader behind, GraphFilter filter) throws IOException {
        if (behind.remaining() == 0) {
            return List.of();
        }
        List<Object> arrays = new ArrayList<>();
        while (behind.remaining() > 0) {
            Object array = behind.taggedArray();
            if (!filter.allows(array.getClass(), Array.getLength(array))) {
                throw new InvalidObjectException("refused message: " + filter.refusal());
            }
            arrays.add(array);
        }
        return arrays;
    }

    private @Nullable Object root(int from, int end) throws IOException {
        try {
            return readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw Undecodable.because(e, filter.refusal(), end - from, input.at - from);
        }
    }

    @Override
    protected void readStreamHeader() {
        // The writer wrote none.
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        int id = readUnsignedByte();
        Class<?> type = id == KnownClasses.NAMED ? resolver.resolve(readUTF()) : resolver.known(id);
        if (type == null) {
            throw new StreamCorruptedException("class id " + id + " is unknown");
        }
        if (!filter.allows(type)) {
            throw new InvalidClassException(type.getName(), "refused by a filter");
        }
        described = type;
        return type.isArray() ? resolver.arrayDescriptor(type) : ObjectStreamClass.lookupAny(type);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
        Class<?> type = described;
        return type == null ? resolver.resolve(descriptor.getName()) : type;
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
        Class<?>[] types = new Class<?>[interfaces.length];
        ClassLoader loader = null;
        for (int i = 0; i < types.length; i++) {
            types[i] = resolver.resolve(interfaces[i]);
            if (!filter.allows(types[i])) {
                throw new InvalidClassException(interfaces[i], "refused by a filter");
            }
            ClassLoader candidate = types[i].getClassLoader();
            if (candidate != null && (loader == null || seesAll(candidate, types, i))) {
                loader = candidate;
            }
        }
        try {
            return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null)
                    .getClass();
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("no proxy class for " + List.of(interfaces) + ": " + e.getMessage(), e);
        }
    }

    /** Whether the loader knows the interfaces before that one as the same classes. */
    private static boolean seesAll(ClassLoader loader, Class<?>[] types, int count) {
        for (int i = 0; i < count; i++) {
            try {
                if (Class.forName(types[i].getName(), false, loader) != types[i]) {
                    return false;
                }
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
        return true;
    }

    /** The array that was taken out of the stream. */
    Object detached(int index) throws StreamCorruptedException {
        if (index < 0 || index >= arrays.size()) {
            throw new StreamCorruptedException(
                    "array " + index + " was taken out of the stream, but only " + arrays.size() + " follow it");
        }
        Object array = arrays.get(index);
        filter.announce(array);
        return array;
    }

    private static Class<?> noClass(String name) throws StreamCorruptedException {
        throw new StreamCorruptedException("class " + name + " behind a graph, where only arrays may be");
    }

    private static StreamCorruptedException corrupt(int length, String what, int at) {
        return new StreamCorruptedException(
                "corrupt graph of " + length + " bytes (tag " + Tags.GRAPH + "): " + what + ", at byte " + at);
    }

    /** The bytes of the stream, and how far it has come. */
    static final class Bytes extends InputStream {

        private final byte[] bytes;
        private final int end;
        private int at;

        Bytes(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        int remaining() {
            return end - at;
        }

        @Override
        public int read() {
            return at < end ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int given = Math.min(length, end - at);
            if (given == 0) {
                return -1;
            }
            System.arraycopy(bytes, at, target, offset, given);
            at += given;
            return given;
        }

        @Override
        public int available() {
            return end - at;
        }
    }
}
