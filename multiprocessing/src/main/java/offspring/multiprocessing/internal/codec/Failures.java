package offspring.multiprocessing.internal.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import offspring.multiprocessing.internal.codec.CodecContext.Phase;
import offspring.multiprocessing.internal.codec.CodecContext.Scope;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import org.jspecify.annotations.Nullable;

/**
 * Throwables that always arrive.
 *
 * <p>A throwable is packed as plain values, which need no class of the application:
 *
 * <pre>
 *   node = Object[6]
 *     0  String      class name
 *     1  String?     message
 *     2  String      toString()
 *     3  String[]    the stack, seven strings per frame: loader? module? version? class method file? line
 *     4  Object[]    cause, or null; then what was suppressed                                    nodes again
 *     5  byte[]?     the throwable itself, encoded; null when it does not survive, or when a node above holds it
 * </pre>
 *
 * <p>Whether it survives is found out by trying: encode, decode, compare the classes. Of a throwable that does not, the
 * facts travel, and its cause and suppressed ones are tried on their own. The receiver, whose class path may differ,
 * falls back to the facts in the same way.
 */
public final class Failures {

    private static final int FRAME = 7;
    private static final int FIELDS = 6;

    /** A failure with more causes and suppressed failures than this loses the rest. */
    private static final int MAX_NODES = 256;

    /** So many throwables of one failure are tried at most; each try encodes everything behind it. */
    private static final int MAX_TRIES = 16;

    private Failures() {}

    /**
     * A failure that arrived.
     *
     * @param throwable the throwable itself; null when it could not travel
     * @param cause its cause as a throwable, when that could travel though the throwable itself could not
     * @param suppressed those of the suppressed throwables that could travel though the throwable itself could not
     * @param facts what is known of it in any case
     */
    public record Arrived(
            @Nullable Throwable throwable,
            @Nullable Throwable cause,
            List<Throwable> suppressed,
            FailureRecord facts) {}

    /**
     * Turns a throwable into plain values.
     *
     * @param codec tries whether it survives
     * @param failure the throwable
     * @param context what the objects in it may ask for; null for the surrounding one
     * @return a value that every codec takes
     */
    public static Object pack(Codec codec, Throwable failure, @Nullable CodecContext context) {
        return new Packer(codec, CodecContext.orCurrent(context)).node(failure, true);
    }

    /**
     * Turns plain values into the throwable, if it can be had, and the facts.
     *
     * @param codec decodes the throwable itself
     * @param packed what {@link #pack} made
     * @param context what the objects in it may ask for; null for the surrounding one
     * @return the failure
     * @throws StreamCorruptedException when the value was not made by {@link #pack}
     */
    public static Arrived unpack(Codec codec, @Nullable Object packed, @Nullable CodecContext context)
            throws StreamCorruptedException {
        try {
            return arrived(codec, packed, CodecContext.orCurrent(context));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            StreamCorruptedException corrupt = new StreamCorruptedException("not a packed failure: " + e);
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static Arrived arrived(Codec codec, @Nullable Object packed, CodecContext context) {
        @Nullable Object[] node = node(packed);
        FailureRecord facts = facts(node);
        Throwable itself = revived(codec, node, context);
        if (itself != null) {
            if (Facts.frames(itself).length == 0) {
                itself.setStackTrace(facts.stack().toArray(new StackTraceElement[0]));
            }
            return new Arrived(itself, Facts.cause(itself), List.of(itself.getSuppressed()), facts);
        }
        @Nullable Object[] others = others(node);
        Throwable cause = others[0] == null ? null : revived(codec, node(others[0]), context);
        List<Throwable> suppressed = new ArrayList<>();
        for (int i = 1; i < others.length; i++) {
            Throwable one = revived(codec, node(others[i]), context);
            if (one != null) {
                suppressed.add(one);
            }
        }
        return new Arrived(null, cause, suppressed, facts);
    }

    private static @Nullable Throwable revived(Codec codec, @Nullable Object[] node, CodecContext context) {
        if (!(node[5] instanceof byte[] bytes)) {
            return null;
        }
        try {
            return codec.decode(bytes, 0, bytes.length, context) instanceof Throwable alive ? alive : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static FailureRecord facts(@Nullable Object[] node) {
        @Nullable Object[] others = others(node);
        FailureRecord cause = others[0] == null ? null : facts(node(others[0]));
        List<FailureRecord> suppressed = new ArrayList<>();
        for (int i = 1; i < others.length; i++) {
            suppressed.add(facts(node(others[i])));
        }
        return new FailureRecord(
                text(node[0]),
                node[1] == null ? null : text(node[1]),
                text(node[2]),
                stack((@Nullable String[]) present(node[3])),
                cause,
                suppressed);
    }

    private static List<StackTraceElement> stack(@Nullable String[] frames) {
        List<StackTraceElement> stack = new ArrayList<>(frames.length / FRAME);
        for (int i = 0; i + FRAME <= frames.length; i += FRAME) {
            stack.add(new StackTraceElement(
                    frames[i],
                    frames[i + 1],
                    frames[i + 2],
                    text(frames[i + 3]),
                    text(frames[i + 4]),
                    frames[i + 5],
                    Integer.parseInt(text(frames[i + 6]))));
        }
        return stack;
    }

    private static @Nullable Object[] node(@Nullable Object packed) {
        @Nullable Object[] node = (@Nullable Object[]) present(packed);
        if (node.length != FIELDS) {
            throw new IllegalArgumentException("a node of " + node.length + " fields, and not " + FIELDS);
        }
        return node;
    }

    private static @Nullable Object[] others(@Nullable Object[] node) {
        @Nullable Object[] others = (@Nullable Object[]) present(node[4]);
        if (others.length == 0) {
            throw new IllegalArgumentException("a node without room for a cause");
        }
        return others;
    }

    private static String text(@Nullable Object value) {
        return (String) present(value);
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("null where a packed failure has a value");
        }
        return value;
    }

    /** Packs a throwable and those behind it, each once. */
    private static final class Packer {

        private final Codec codec;
        private final CodecContext context;
        private int tries;
        private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        Packer(Codec codec, CodecContext context) {
            this.codec = codec;
            this.context = context;
        }

        /** A node; the throwable itself is not tried when a node above holds it already. */
        @Nullable
        Object[] node(Throwable failure, boolean tryItself) {
            seen.add(failure);
            byte[] itself = tryItself ? survivor(failure) : null;
            boolean tryOthers = tryItself && itself == null;
            List<@Nullable Object> others = new ArrayList<>();
            Throwable cause = Facts.cause(failure);
            others.add(cause == null ? null : linked(cause, tryOthers));
            for (Throwable suppressed : failure.getSuppressed()) {
                @Nullable Object[] other = linked(suppressed, tryOthers);
                if (other != null) {
                    others.add(other);
                }
            }
            return new @Nullable Object[] {
                failure.getClass().getName(),
                Facts.message(failure),
                Facts.text(failure),
                Facts.frames(failure),
                others.toArray(),
                itself
            };
        }

        private @Nullable Object @Nullable [] linked(Throwable other, boolean tryItself) {
            if (seen.size() >= MAX_NODES) {
                return null;
            }
            if (!seen.contains(other)) {
                return node(other, tryItself);
            }
            return new @Nullable Object[] {
                other.getClass().getName(),
                Facts.message(other),
                "[circular reference: " + Facts.text(other) + "]",
                new String[0],
                new Object[1],
                null
            };
        }

        /** The throwable's bytes, null when it does not come back as an object of its class. */
        private byte @Nullable [] survivor(Throwable failure) {
            if (tries++ >= MAX_TRIES) {
                return null;
            }
            try {
                return survives(failure) ? encoded(failure) : null;
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                return null;
            }
        }

        private boolean survives(Throwable failure) throws IOException {
            Scope before = CodecContext.enter(context, Phase.REHEARSAL);
            try {
                byte[] bytes = encoded(failure);
                Object copy = codec.decode(bytes, 0, bytes.length, context);
                return copy != null && copy.getClass() == failure.getClass();
            } finally {
                CodecContext.leave(before);
            }
        }

        private byte[] encoded(Throwable failure) throws IOException {
            Encoded out = new Encoded();
            codec.encode(failure, context, out);
            return out.toByteArray();
        }
    }

    /** Asks a throwable what it is; its class may have overridden every answer. */
    private static final class Facts {

        private Facts() {}

        static @Nullable Throwable cause(Throwable failure) {
            try {
                return failure.getCause();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return null;
            }
        }

        static @Nullable String message(Throwable failure) {
            try {
                return failure.getMessage();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return null;
            }
        }

        static String text(Throwable failure) {
            String name = failure.getClass().getName();
            try {
                String text = failure.toString();
                return text == null ? name : text;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return name + " (its toString() failed with " + e.getClass().getName() + ")";
            }
        }

        static @Nullable String[] frames(Throwable failure) {
            StackTraceElement[] stack;
            try {
                stack = failure.getStackTrace();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                stack = new StackTraceElement[0];
            }
            @Nullable String[] frames = new String[stack.length * FRAME];
            int i = 0;
            for (StackTraceElement frame : stack) {
                frames[i++] = unlessBuiltIn(frame.getClassLoaderName());
                frames[i++] = frame.getModuleName();
                frames[i++] = isOfJdk(frame.getModuleName()) ? null : frame.getModuleVersion();
                frames[i++] = frame.getClassName();
                frames[i++] = frame.getMethodName();
                frames[i++] = frame.getFileName();
                frames[i++] = Integer.toString(frame.getLineNumber());
            }
            return frames;
        }

        /** The JVM prints the loaders and module versions that everybody has no more than we send them. */
        private static @Nullable String unlessBuiltIn(@Nullable String loader) {
            return "app".equals(loader) || "platform".equals(loader) ? null : loader;
        }

        private static boolean isOfJdk(@Nullable String module) {
            return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
        }
    }
}
