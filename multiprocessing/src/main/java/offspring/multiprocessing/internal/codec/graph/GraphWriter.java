package offspring.multiprocessing.internal.codec.graph;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.codec.wire.PrimitiveArrays;
import org.jspecify.annotations.Nullable;

/**
 * An object stream without header, whose class descriptors are one byte or a name.
 *
 * <pre>
 *   class descriptor of the JDK:  name, serialVersionUID, flags, fields with their types      50 to 300 bytes
 *   here:                         id:u8                    id > 0: place in KnownClasses      1 byte
 *                                 0:u8 name:utf            any other class
 * </pre>
 *
 * <p>Large arrays of primitives leave the stream and follow it, in the order in which the stream met them.
 */
public final class GraphWriter extends ObjectOutputStream {

    /** Arrays of that many bytes or more leave the stream; below it the stand-in costs more than it saves. */
    private static final int DETACH = 1024;

    private @Nullable List<Object> detached;

    private GraphWriter(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    /**
     * Appends a graph.
     *
     * @param root what to write
     * @param tag which kind of graph to announce
     * @param out where, empty at the start
     * @throws IOException when something in the graph cannot be serialized
     */
    public static void write(Object root, byte tag, Encoded out) throws IOException {
        out.openGraph(tag);
        GraphWriter writer = new GraphWriter(new Bytes(out));
        writer.writeObject(root);
        writer.flush();
        out.closeGraph();
        if (writer.detached != null) {
            for (Object array : writer.detached) {
                out.array(array, PrimitiveArrays.tagOf(array));
            }
        }
    }

    @Override
    protected void writeStreamHeader() {
        // Both ends know what this is.
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass descriptor) throws IOException {
        Class<?> type = descriptor.forClass();
        int id = KnownClasses.idOf(type);
        write(id);
        if (id == KnownClasses.NAMED) {
            if (type.isHidden()) {
                throw new InvalidClassException(
                        type.getName(), "a hidden class has no name that another process could look up");
            }
            writeUTF(type.getName());
        }
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
        if (object == null || !object.getClass().isArray()) {
            return object;
        }
        byte tag = PrimitiveArrays.tagOf(object);
        if (tag == 0 || (long) PrimitiveArrays.count(object, tag) << PrimitiveArrays.shift(tag) < DETACH) {
            return object;
        }
        List<Object> list = detached;
        if (list == null) {
            list = new ArrayList<>();
            detached = list;
        }
        list.add(object);
        return new DetachedArray(list.size() - 1);
    }

    /** The message as a stream of bytes. */
    private static final class Bytes extends OutputStream {

        private final Encoded out;

        Bytes(Encoded out) {
            this.out = out;
        }

        @Override
        public void write(int value) {
            out.raw(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            out.bytes(bytes, offset, length);
        }
    }
}
