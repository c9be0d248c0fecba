package offspring.multiprocessing.internal.codec;

import org.jspecify.annotations.Nullable;

/**
 * What an object may know about the message that it is being written into or read from.
 *
 * <p>An object that stands for something shared (a lock, the end of a pipe) turns itself into a handle when it departs, by its {@link
 * offspring.multiprocessing.internal.codec.wire.Form}, and re-attaches when it arrives. Those methods have no parameter for "this
 * message goes to child 7"; they ask here:
 *
 * <pre>
 *   static final CodecContext.Key&lt;Integer&gt; SLOT = new CodecContext.Key&lt;&gt;("slot", Integer.class);
 *
 *   codec.encode(target, CodecContext.named("target").with(SLOT, 7), encoded);
 *
 *   protected Object[] depart(Lock lock) {
 *       CodecContext context = CodecContext.current();
 *       Integer slot = context == null ? null : context.get(SLOT);
 *       …
 * </pre>
 *
 * <p>The context is bound to the thread while the codec runs, and the one before comes back afterwards: an object may
 * encode another value while it is itself encoded. A nested call that gives no context sees the surrounding one. Outside
 * the codec there is none, so an object can refuse a journey by plain Java serialization.
 *
 * <p>{@link Phase#REHEARSAL} says that nothing will travel: the codec tries whether an exception survives, or walks a
 * graph again to name what cannot be sent. An object that counts its copies must not count this one.
 *
 * <p>Immutable. Bound and read by one thread, so that no publication is needed; a deep graph is encoded on a helper
 * thread, where the codec binds the same context again.
 */
public final class CodecContext {

    private static final ThreadLocal<@Nullable Scope> SCOPE = new ThreadLocal<>();

    private static final CodecContext EMPTY = new CodecContext("value", null, null, null);

    private final String label;
    private final @Nullable Key<?> key;
    private final @Nullable Object value;
    private final @Nullable CodecContext rest;

    private CodecContext(String label, @Nullable Key<?> key, @Nullable Object value, @Nullable CodecContext rest) {
        this.label = label;
        this.key = key;
        this.value = value;
        this.rest = rest;
    }

    /** What the codec is doing. */
    public enum Phase {
        /** The bytes will be sent. */
        ENCODE,
        /** The bytes were received. */
        DECODE,
        /** The bytes or objects will be thrown away. */
        REHEARSAL
    }

    /**
     * Names a fact of type {@code T}; two keys are the same only when they are one object.
     *
     * @param <T> the type of the fact
     */
    public static final class Key<T> {

        private final String name;
        private final Class<T> type;

        /** A new key; the name is for {@code toString} only. */
        public Key(String name, Class<T> type) {
            this.name = name;
            this.type = type;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A context without facts whose root is called "value" in messages. */
    public static CodecContext empty() {
        return EMPTY;
    }

    /** A context without facts; the label is how messages call the root: "target", "argument 2", "result". */
    public static CodecContext named(String label) {
        return new CodecContext(label, null, null, null);
    }

    /** This context and one more fact, which hides an earlier one of the same key. */
    public <T> CodecContext with(Key<T> fact, T factValue) {
        return new CodecContext(label, fact, factValue, this);
    }

    /** The fact, or null when the context has none of that key. */
    public <T> @Nullable T get(Key<T> fact) {
        for (CodecContext at = this; at != null; at = at.rest) {
            if (at.key == fact) {
                return fact.type.cast(at.value);
            }
        }
        return null;
    }

    /** How messages call the root of the graph. */
    public String label() {
        return label;
    }

    /** The context of the message that this thread is encoding or decoding, null outside the codec. */
    public static @Nullable CodecContext current() {
        Scope scope = SCOPE.get();
        return scope == null ? null : scope.context;
    }

    /** What the codec is doing on this thread, null outside the codec. */
    public static @Nullable Phase phase() {
        Scope scope = SCOPE.get();
        return scope == null ? null : scope.phase;
    }

    /**
     * Binds a context to this thread until {@link #leave}. What happens inside a rehearsal is part of it, whatever phase
     * is asked for.
     */
    static @Nullable Scope enter(CodecContext context, Phase phase) {
        Scope before = SCOPE.get();
        boolean rehearsal = before != null && before.phase == Phase.REHEARSAL;
        SCOPE.set(new Scope(context, rehearsal ? Phase.REHEARSAL : phase));
        return before;
    }

    /** Brings back what {@link #enter} replaced. */
    static void leave(@Nullable Scope before) {
        if (before == null) {
            SCOPE.remove();
        } else {
            SCOPE.set(before);
        }
    }

    /** The context to use when the caller gave this one, perhaps none. */
    static CodecContext orCurrent(@Nullable CodecContext given) {
        if (given != null) {
            return given;
        }
        CodecContext surrounding = current();
        return surrounding == null ? EMPTY : surrounding;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("CodecContext(").append(label);
        for (CodecContext at = this; at != null; at = at.rest) {
            if (at.key != null) {
                text.append(", ").append(at.key).append('=').append(at.value);
            }
        }
        return text.append(')').toString();
    }

    /** One binding. */
    record Scope(CodecContext context, Phase phase) {}
}
