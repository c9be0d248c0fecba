package offspring.multiprocessing.internal.codec.graph;

import java.io.IOException;
import java.io.ObjectStreamClass;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class behind a name: in the thread's context class loader, then in the loader that the codec was given, then
 * in the library's own.
 *
 * <p>Answers are kept for the context class loader that asked last. Who writes: any decoding thread, into a concurrent
 * map; who reads: the same. The whole memory is replaced when another context class loader asks, and a memory that is
 * replaced by two threads at once is merely filled twice. It is held softly, so that it keeps no application alive.
 */
public final class ClassResolver {

    private static final int MAX_NAMES = 4096;

    /** Asked last; null until there is something that the other loaders do not know. */
    private static volatile @Nullable WeakReference<ClassLoader> program;

    private final ClassLoader given;
    private volatile SoftReference<Memory> memory = new SoftReference<>(null);
    private final @Nullable Class<?>[] known = new Class<?>[KnownClasses.count() + 1];

    /** A resolver that asks this loader when the context class loader does not know a name. */
    public ClassResolver(ClassLoader given) {
        this.given = given;
    }

    /** From now on this loader, too, is asked for classes that the others do not know: that of the program, where it is not the library's. */
    public static void alsoAsk(ClassLoader loader) {
        program = new WeakReference<>(loader);
    }

    /** The class of an id; a racing thread at worst looks it up twice. */
    @Nullable
    Class<?> known(int id) throws ClassNotFoundException {
        Class<?> type = id < known.length ? known[id] : null;
        String name = type == null ? KnownClasses.nameOf(id) : null;
        if (name != null) {
            type = primitive(name);
            if (type == null) {
                type = Class.forName(name, false, ClassResolver.class.getClassLoader());
            }
            known[id] = type;
        }
        return type;
    }

    /**
     * The class of that name, not initialized.
     *
     * @param name a name as {@link Class#getName()} gives it, of an array or a primitive type too
     * @return the class
     * @throws ClassNotFoundException when none of the loaders knows it; the message names them
     */
    public Class<?> resolve(String name) throws ClassNotFoundException {
        Memory current = memory();
        Class<?> found = current.classes.get(name);
        if (found == null) {
            found = load(name, current.context);
            if (current.classes.size() < MAX_NAMES) {
                current.classes.put(name, found);
            }
        }
        return found;
    }

    /** The stream descriptor of an array class, made once for each. */
    ObjectStreamClass arrayDescriptor(Class<?> arrayType) throws IOException, ClassNotFoundException {
        Memory current = memory();
        ObjectStreamClass descriptor = current.arrays.get(arrayType);
        if (descriptor == null) {
            descriptor = ArrayDescriptors.of(arrayType);
            current.arrays.put(arrayType, descriptor);
        }
        return descriptor;
    }

    private Memory memory() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Memory current = memory.get();
        if (current == null || current.context != context) {
            current = new Memory(context);
            memory = new SoftReference<>(current);
        }
        return current;
    }

    private Class<?> load(String name, @Nullable ClassLoader context) throws ClassNotFoundException {
        Class<?> primitive = primitive(name);
        if (primitive != null) {
            return primitive;
        }
        WeakReference<ClassLoader> last = program;
        ClassLoader[] loaders = {context, given, ClassResolver.class.getClassLoader(), last == null ? null : last.get()
        };
        for (ClassLoader loader : loaders) {
            Class<?> found = loader == null ? null : find(name, loader);
            if (found != null) {
                return found;
            }
        }
        throw new ClassNotFoundException(name + " is in none of the context class loader " + context
                + ", the codec's loader " + given + " and the library's own; put it on the class path of this process");
    }

    private static @Nullable Class<?> find(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException next) {
            return null;
        }
    }

    private static @Nullable Class<?> primitive(String name) {
        return switch (name) {
            case "boolean" -> boolean.class;
            case "byte" -> byte.class;
            case "short" -> short.class;
            case "char" -> char.class;
            case "int" -> int.class;
            case "long" -> long.class;
            case "float" -> float.class;
            case "double" -> double.class;
            case "void" -> void.class;
            default -> null;
        };
    }

    private static final class Memory {

        final @Nullable ClassLoader context;
        final Map<String, Class<?>> classes = new ConcurrentHashMap<>();
        final Map<Class<?>, ObjectStreamClass> arrays = new ConcurrentHashMap<>();

        Memory(@Nullable ClassLoader context) {
            this.context = context;
        }
    }
}
