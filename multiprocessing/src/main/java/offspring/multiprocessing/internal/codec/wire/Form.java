package offspring.multiprocessing.internal.codec.wire;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of a class travel that stand for something shared: as parts, of which the receiver makes another object for the same
 * thing.
 *
 * <pre>
 *   a lock ──depart──► { 0, handle of its cell } ──the message──► ──arrive──► a lock over the same cell
 * </pre>
 *
 * <p>A class {@linkplain #register registers} its form in its static initializer, so whoever has an object of it finds the form, and whoever
 * reads the name of the class in a message finds it by initializing the class. Objects of subclasses travel in the form of the
 * nearest class above them. There is no reflection in it: what has a form costs a young JVM neither an object stream nor a method handle.
 *
 * <p>In a graph that needs an object stream anyway the object is replaced by its {@link Travelled} parts.
 *
 * @param <T> the class
 */
public abstract class Form<T> {

    private static final Map<Class<?>, Form<?>> ALL = new ConcurrentHashMap<>();

    /** A form; to be registered. */
    protected Form() {}

    /** Says in which form the objects of a class travel. */
    public static <T> void register(Class<T> type, Form<T> form) {
        ALL.put(type, form);
    }

    /**
     * The parts of an object that is about to leave. May be called more than once for a message, and gives equal parts then.
     *
     * @return plain values or objects that have a form themselves; null if nothing will travel
     * @throws IOException if it cannot leave; says why
     */
    protected abstract @Nullable Object @Nullable [] depart(T object) throws IOException;

    /**
     * The object that the parts are of.
     *
     * @throws IOException if it is gone
     * @throws RuntimeException if the parts are none of this form
     */
    protected abstract Object arrive(@Nullable Object[] parts) throws IOException;

    /** The class in whose form an object of this class travels; null if it has none. */
    static @Nullable Class<?> nameOf(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (ALL.containsKey(at)) {
                return at;
            }
        }
        return null;
    }

    /** The form that this class, and no class above it, has registered; null if it has none. */
    static @Nullable Form<?> of(Class<?> type) {
        Form<?> form = ALL.get(type);
        if (form == null && Serializable.class.isAssignableFrom(type)) {
            try {
                Class.forName(type.getName(), true, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("a class finds itself", e);
            }
            form = ALL.get(type);
        }
        return form;
    }

    /** The parts of any object of a class that has this form. */
    @SuppressWarnings("unchecked") // registered for the class, or found by it
    public final @Nullable Object @Nullable [] partsOf(Object object) throws IOException {
        return depart((T) object);
    }

    /** For {@code writeReplace}: what travels in place of an object in an object stream. */
    public static <T> Object replace(Class<T> type, T object) throws IOException {
        Form<?> form = of(type);
        if (form == null) {
            throw new InvalidObjectException(type.getName() + " has no form to travel in");
        }
        @Nullable Object[] parts = form.partsOf(object);
        return parts == null ? "something shared" : new Travelled(type, parts);
    }

    /**
     * What travels in place of an object in an object stream.
     *
     * @param type the class that has the form
     * @param parts what is in the message of the object
     * @serial exclude
     */
    public record Travelled(Class<?> type, @Nullable Object[] parts) implements Serializable {

        @SuppressWarnings("serial") // an IOException reaches the caller of the stream
        private Object readResolve() throws IOException {
            Form<?> form = of(type);
            if (form == null) {
                throw new InvalidObjectException(type.getName() + " has no form to travel in");
            }
            return form.arrive(parts);
        }
    }
}
