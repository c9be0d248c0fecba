package offspring.multiprocessing.internal.codec;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import offspring.multiprocessing.internal.codec.CodecContext.Phase;
import offspring.multiprocessing.internal.codec.CodecContext.Scope;
import offspring.multiprocessing.internal.codec.graph.ClassResolver;
import offspring.multiprocessing.internal.codec.graph.GraphLimits;
import offspring.multiprocessing.internal.codec.graph.GraphReader;
import offspring.multiprocessing.internal.codec.graph.GraphWriter;
import offspring.multiprocessing.internal.codec.graph.Rules;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.codec.wire.Exit;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.codec.wire.Gate;
import offspring.multiprocessing.internal.codec.wire.LeafReader;
import offspring.multiprocessing.internal.codec.wire.LeafWriter;
import offspring.multiprocessing.internal.codec.wire.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Turns object graphs into messages and messages into object graphs.
 *
 * <p>A value of leaves, plain containers, records, lambdas and shared objects is written by hand; anything else becomes one object stream ({@link Tags}
 * draws both). A graph so deep that it overflows the stack is done again on a thread with a large stack; such a message
 * says so, and is decoded there at once. An object's own {@code writeObject} or {@code writeReplace} may therefore run
 * twice for a message, and on another thread than the caller's.
 *
 * <p>Safe for many threads: nothing is kept between messages but the memory of classes by name.
 *
 * <p>Encoding fails with {@link CannotTravelException}, decoding with an {@link IOException} that says what is wrong and
 * where, whatever the bytes. Only errors of the JVM itself, as {@link OutOfMemoryError}, pass unchanged.
 */
public final class Codec {

    private final Rules rules;

    /** A codec for one session: it trusts whatever the class path can load. */
    public Codec(ClassLoader loader) {
        this(loader, GraphLimits.SESSION, null);
    }

    /**
     * A codec for bytes that are not trusted.
     *
     * @param loader asked for classes that the thread's context class loader does not know
     * @param limits what a message may cost
     * @param filter what a message may contain; what it leaves undecided is allowed
     */
    public Codec(ClassLoader loader, GraphLimits limits, @Nullable ObjectInputFilter filter) {
        this.rules = new Rules(new ClassResolver(loader), limits, filter);
    }

    /** The value as bytes, in the surrounding context. */
    public byte[] encode(@Nullable Object value) throws IOException {
        Encoded out = new Encoded();
        encode(value, null, out);
        return out.toByteArray();
    }

    /**
     * Encodes a value into a message, which is forgotten first.
     *
     * @param value what to encode
     * @param context what the objects in it may ask for; null for the surrounding one
     * @param out the message; empty again when this fails
     * @throws CannotTravelException when something in the value cannot be serialized
     * @throws IOException when the graph is too deep even for a large stack
     */
    public void encode(@Nullable Object value, @Nullable CodecContext context, Encoded out) throws IOException {
        out.reset();
        boolean done = false;
        try {
            if (!new LeafWriter(new Departures(context)).write(value, out) && value != null) {
                out.rewind();
                encodeGraph(value, CodecContext.orCurrent(context), out);
            }
            done = true;
        } finally {
            if (!done) {
                out.rewind();
            }
        }
    }

    /**
     * Encodes the value if it needs no object stream; says whether it does not. The message is empty again if it does; what has a hold in
     * the context by then, has it.
     */
    public boolean encodePlain(Object value, @Nullable CodecContext context, Encoded out) {
        out.reset();
        boolean plain = new LeafWriter(new Departures(context)).write(value, out);
        if (!plain) {
            out.rewind();
        }
        return plain;
    }

    private static void encodeGraph(Object value, CodecContext context, Encoded out) throws IOException {
        Scope before = CodecContext.enter(context, Phase.ENCODE);
        try {
            GraphWriter.write(value, Tags.GRAPH, out);
        } catch (StackOverflowError deep) {
            out.rewind();
            encodeDeep(value, out);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw CulpritFinder.explain(value, context, e);
        } finally {
            CodecContext.leave(before);
        }
    }

    private static void encodeDeep(Object value, Encoded out) throws IOException {
        onBigStack("encode", () -> {
            GraphWriter.write(value, Tags.DEEP_GRAPH, out);
            return null;
        });
    }

    /**
     * Loads a class that a later message may name, and finds out how its instances or lambdas are made; none of its code runs.
     *
     * @return whether it is known here, and plain
     */
    public boolean expect(String className) {
        try {
            return LeafReader.expect(rules.admit(className));
        } catch (IOException | LinkageError notHere) {
            return false; // a message that names it will say why
        }
    }

    /** The value of a message, in the surrounding context. */
    public @Nullable Object decode(byte[] message) throws IOException {
        return decode(message, 0, message.length, null);
    }

    /**
     * Decodes a message.
     *
     * @param bytes where it lies
     * @param offset where it begins
     * @param length how long it is
     * @param context what the objects in it may ask for; null for the surrounding one
     * @return the value
     * @throws StreamCorruptedException when the bytes are no message
     * @throws InvalidClassException when a class is not known here, or does not fit
     * @throws InvalidObjectException when the message is refused by a limit or filter, or an object cannot be restored
     * @throws IOException when an object cannot be restored
     */
    public @Nullable Object decode(byte[] bytes, int offset, int length, @Nullable CodecContext context)
            throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checkLength(length);
        int tag = bytes[offset];
        if (tag != Tags.GRAPH && tag != Tags.DEEP_GRAPH) {
            return decodePlain(bytes, offset, length, context);
        }
        Scope before = CodecContext.enter(CodecContext.orCurrent(context), Phase.DECODE);
        try {
            if (tag == Tags.DEEP_GRAPH && !BigStack.here()) {
                return decodeDeep(bytes, offset, length);
            }
            return GraphReader.read(bytes, offset, offset + length, rules);
        } catch (StackOverflowError deep) {
            return decodeDeep(bytes, offset, length);
        } finally {
            CodecContext.leave(before);
        }
    }

    private @Nullable Object decodePlain(byte[] bytes, int offset, int length, @Nullable CodecContext context)
            throws IOException {
        Admission admission = new Admission(rules, context);
        try {
            return new LeafReader(bytes, offset, offset + length, admission).read();
        } catch (RuntimeException | LinkageError e) {
            throw invalid("cannot decode a message of " + length + " bytes: " + e, e);
        } finally {
            admission.end();
        }
    }

    /** Decodes what lies between a buffer's position and limit, and moves the position to the limit. */
    public @Nullable Object decode(ByteBuffer message, @Nullable CodecContext context) throws IOException {
        int length = message.remaining();
        if (message.hasArray()) {
            int offset = message.arrayOffset() + message.position();
            message.position(message.limit());
            return decode(message.array(), offset, length, context);
        }
        byte[] bytes = new byte[length];
        message.get(bytes);
        return decode(bytes, 0, length, context);
    }

    private void checkLength(long length) throws IOException {
        if (length <= 0) {
            throw new StreamCorruptedException("corrupt message of " + length + " bytes: a value has one at least");
        }
        if (length > rules.limits().maxBytes()) {
            throw new InvalidObjectException("refused message of " + length + " bytes: the limit is "
                    + rules.limits().maxBytes());
        }
    }

    private @Nullable Object decodeDeep(byte[] bytes, int offset, int length) throws IOException {
        return onBigStack("decode", () -> GraphReader.read(bytes, offset, offset + length, rules));
    }

    /** Runs the task in the context and phase of this thread, on a thread with a large stack. */
    private static <T> T onBigStack(String what, Callable<T> task) throws IOException {
        CodecContext context = CodecContext.orCurrent(null);
        Phase phase = CodecContext.phase();
        if (BigStack.here()) {
            throw tooDeep(what);
        }
        try {
            return BigStack.run(() -> {
                CodecContext.enter(context, phase == null ? Phase.ENCODE : phase);
                return task.call();
            });
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof StackOverflowError) {
                throw tooDeep(what);
            }
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof Error error && !(cause instanceof LinkageError)) {
                throw error;
            }
            throw invalid("cannot " + what + " a deep graph: " + cause, cause == null ? e : cause);
        }
    }

    private static InvalidObjectException tooDeep(String what) {
        return new InvalidObjectException("cannot " + what + ": objects nest so deep that a stack of "
                + (BigStack.BYTES >> 20) + " MiB overflows; send a list of the elements instead of a chain of links");
    }

    private static InvalidObjectException invalid(String message, Throwable cause) {
        InvalidObjectException invalid = new InvalidObjectException(message);
        invalid.initCause(cause);
        return invalid;
    }

    /** Binds the context for each shared object that leaves in a plain message; nothing else in it can ask. */
    private record Departures(@Nullable CodecContext context) implements Exit {

        @Override
        public @Nullable Object @Nullable [] parts(Form<?> form, Object object) throws IOException {
            Scope before = CodecContext.enter(CodecContext.orCurrent(context), Phase.ENCODE);
            try {
                return form.partsOf(object);
            } finally {
                CodecContext.leave(before);
            }
        }
    }

    /** Admits the classes of one plain message; the first one binds the context, which only their code can ask for. */
    private static final class Admission implements Gate {

        private final Rules rules;
        private final @Nullable CodecContext context;
        private boolean entered;
        private @Nullable Scope before;

        Admission(Rules rules, @Nullable CodecContext context) {
            this.rules = rules;
            this.context = context;
        }

        @Override
        public Class<?> admit(String name) throws IOException {
            if (!entered) {
                before = CodecContext.enter(CodecContext.orCurrent(context), Phase.DECODE);
                entered = true;
            }
            return rules.admit(name);
        }

        void end() {
            if (entered) {
                CodecContext.leave(before);
            }
        }
    }
}
