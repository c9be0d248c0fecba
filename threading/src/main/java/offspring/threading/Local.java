package offspring.threading;

import java.util.Objects;
import offspring.core.function.CheckedSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A variable of which every thread has its own: the twin of Python's {@code threading.local}, holding one value where
 * that holds a bag of attributes.
 *
 * <pre>{@code
 * static final Local<StringBuilder> LINE = new Local<>(StringBuilder::new);
 *
 * static String note(String word) {
 *     return LINE.get().append(word).toString(); // in any thread: its own builder, made at its first get()
 * }
 * }</pre>
 *
 * <p>A bag of attributes is a {@code Local} of a class with those fields. What Python does by a subclass whose {@code
 * __init__} runs again in every thread, a supplier does here, or a subclass that overrides {@link #initialValue()}.
 *
 * <p><b>Behaviour.</b> No method blocks or contends with other threads. A value that was set or made stays until it is
 * replaced, {@linkplain #remove() removed}, or its thread ends; then it may be collected. If the initial value cannot be
 * made, {@link #get()} throws what its making threw, nothing is kept, and the next {@code get()} tries again. Virtual
 * threads have their values as all others; a million of them have a million.
 *
 * <p><b>Memory effects.</b> None: no thread sees the value of another.
 *
 * <p><b>Differences from Python.</b> Reading what was never set gives the initial value, or {@code null}, instead of an
 * {@code AttributeError}. A value that refers to its own {@code Local} is kept as long as its thread lives.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public class Local<T extends @Nullable Object> {

    private final CheckedSupplier<? extends T> initial;

    @SuppressWarnings("ThreadLocalUsage") // an instance of this class is what the JDK's class is
    private final ThreadLocal<T> values = new ThreadLocal<>() {
        @Override
        protected T initialValue() {
            CheckedSupplier<T> maker = Local.this::initialValue;
            return maker.get();
        }
    };

    /** Makes a local whose value is {@code null} in every thread that has not set it. */
    @SuppressWarnings("NullAway") // with this constructor T is a type that has null
    public Local() {
        this.initial = () -> null;
    }

    /**
     * Makes a local that begins in every thread with a value of its own.
     *
     * @param initial makes the value; called in the thread concerned, at its first {@link #get()}
     */
    public Local(CheckedSupplier<? extends T> initial) {
        Objects.requireNonNull(initial, "initial: null; leave the argument out to begin with null");
        this.initial = initial;
    }

    /**
     * Makes the value with which the calling thread begins. Subclasses may override it; this one asks the supplier.
     *
     * @return the value
     * @throws Exception whatever its making throws; it comes out of {@link #get()} as it is
     */
    protected T initialValue() throws Exception {
        return initial.getChecked();
    }

    /**
     * The value of the calling thread, made now if there is none yet.
     *
     * @return the value
     */
    public T get() {
        return values.get();
    }

    /**
     * Replaces the value of the calling thread, and of no other.
     *
     * @param value the new value
     */
    public void set(T value) {
        values.set(value);
    }

    /** Forgets the value of the calling thread: Python's {@code del}. The next {@link #get()} begins anew. */
    public void remove() {
        values.remove();
    }
}
