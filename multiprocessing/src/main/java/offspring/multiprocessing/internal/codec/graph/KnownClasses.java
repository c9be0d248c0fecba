package offspring.multiprocessing.internal.codec.graph;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a descriptor names by one byte: what is common in messages and belongs to the JDK.
 *
 * <p>The id is the place in this list plus one, so both ends must run the same build of the library, which a session
 * guarantees. The list holds names, not classes: a fresh JVM loads none of them before a message needs it.
 */
final class KnownClasses {

    private static final String[] NAMES = {
        "java.lang.Number",
        "java.lang.Integer",
        "java.lang.Long",
        "java.lang.Double",
        "java.lang.Float",
        "java.lang.Short",
        "java.lang.Byte",
        "java.lang.Boolean",
        "java.lang.Character",
        "java.lang.String",
        "java.lang.Enum",
        "java.lang.Class",
        "java.lang.Record",
        "java.lang.Object",
        "java.lang.StringBuilder",
        "[Ljava.lang.Object;",
        "[Ljava.lang.String;",
        "[Ljava.lang.Integer;",
        "[Ljava.lang.Class;",
        "[[Ljava.lang.Object;",
        "[Z",
        "[B",
        "[S",
        "[C",
        "[I",
        "[J",
        "[F",
        "[D",
        "[[I",
        "[[J",
        "[[D",
        "[[B",
        "boolean",
        "byte",
        "short",
        "char",
        "int",
        "long",
        "float",
        "double",
        "void",
        "java.lang.invoke.SerializedLambda",
        "java.util.ArrayList",
        "java.util.LinkedList",
        "java.util.Vector",
        "java.util.Stack",
        "java.util.ArrayDeque",
        "java.util.PriorityQueue",
        "java.util.HashMap",
        "java.util.LinkedHashMap",
        "java.util.TreeMap",
        "java.util.Hashtable",
        "java.util.Properties",
        "java.util.IdentityHashMap",
        "java.util.EnumMap",
        "java.util.HashSet",
        "java.util.LinkedHashSet",
        "java.util.TreeSet",
        "java.util.EnumSet$SerializationProxy",
        "java.util.EnumSet",
        "java.util.RegularEnumSet",
        "[Ljava.lang.Enum;",
        "java.util.BitSet",
        "java.util.CollSer",
        "java.util.Arrays$ArrayList",
        "java.util.AbstractMap$SimpleEntry",
        "java.util.AbstractMap$SimpleImmutableEntry",
        "java.util.Collections$EmptyList",
        "java.util.Collections$EmptySet",
        "java.util.Collections$EmptyMap",
        "java.util.Collections$SingletonList",
        "java.util.Collections$SingletonSet",
        "java.util.Collections$SingletonMap",
        "java.util.Collections$CopiesList",
        "java.util.Collections$UnmodifiableCollection",
        "java.util.Collections$UnmodifiableList",
        "java.util.Collections$UnmodifiableRandomAccessList",
        "java.util.Collections$UnmodifiableSet",
        "java.util.Collections$UnmodifiableMap",
        "java.util.Collections$SynchronizedCollection",
        "java.util.Collections$SynchronizedList",
        "java.util.Collections$SynchronizedRandomAccessList",
        "java.util.Collections$SynchronizedSet",
        "java.util.Collections$SynchronizedMap",
        "java.util.Collections$SetFromMap",
        "java.util.Collections$ReverseComparator",
        "java.util.Collections$ReverseComparator2",
        "java.util.Comparators$NaturalOrderComparator",
        "java.lang.String$CaseInsensitiveComparator",
        "java.util.UUID",
        "java.util.Date",
        "java.util.Locale",
        "java.util.Currency",
        "java.util.Random",
        "java.math.BigInteger",
        "java.math.BigDecimal",
        "java.math.MathContext",
        "java.math.RoundingMode",
        "java.time.Ser",
        "java.net.URI",
        "java.net.URL",
        "java.net.InetAddress",
        "java.net.InetSocketAddress",
        "java.io.File",
        "java.util.concurrent.ConcurrentHashMap",
        "java.util.concurrent.ConcurrentHashMap$Segment",
        "[Ljava.util.concurrent.ConcurrentHashMap$Segment;",
        "java.util.concurrent.ConcurrentLinkedQueue",
        "java.util.concurrent.CopyOnWriteArrayList",
        "java.util.concurrent.CopyOnWriteArraySet",
        "java.util.concurrent.ConcurrentSkipListMap",
        "java.util.concurrent.LinkedBlockingQueue",
        "java.util.concurrent.TimeUnit",
        "java.util.concurrent.locks.ReentrantLock",
        "java.util.concurrent.locks.ReentrantLock$Sync",
        "java.util.concurrent.locks.ReentrantLock$NonfairSync",
        "java.util.concurrent.locks.AbstractOwnableSynchronizer",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer",
        "java.util.concurrent.atomic.AtomicInteger",
        "java.util.concurrent.atomic.AtomicLong",
        "java.util.concurrent.atomic.AtomicBoolean",
        "java.util.concurrent.atomic.AtomicReference",
        "java.util.regex.Pattern",
        "java.lang.Throwable",
        "java.lang.StackTraceElement",
        "[Ljava.lang.StackTraceElement;",
        "java.lang.Exception",
        "java.lang.RuntimeException",
        "java.lang.Error",
        "java.lang.LinkageError",
        "java.lang.VirtualMachineError",
        "java.lang.OutOfMemoryError",
        "java.lang.StackOverflowError",
        "java.lang.AssertionError",
        "java.lang.ReflectiveOperationException",
        "java.lang.ClassNotFoundException",
        "java.lang.IllegalArgumentException",
        "java.lang.IllegalStateException",
        "java.lang.NumberFormatException",
        "java.lang.NullPointerException",
        "java.lang.ArithmeticException",
        "java.lang.ClassCastException",
        "java.lang.IndexOutOfBoundsException",
        "java.lang.ArrayIndexOutOfBoundsException",
        "java.lang.StringIndexOutOfBoundsException",
        "java.lang.UnsupportedOperationException",
        "java.lang.InterruptedException",
        "java.util.NoSuchElementException",
        "java.util.ConcurrentModificationException",
        "java.util.concurrent.ExecutionException",
        "java.util.concurrent.CompletionException",
        "java.util.concurrent.CancellationException",
        "java.util.concurrent.TimeoutException",
        "java.io.IOException",
        "java.io.UncheckedIOException",
        "java.io.FileNotFoundException",
        "java.io.EOFException",
        "java.io.ObjectStreamException",
        "java.io.NotSerializableException",
        "java.io.InvalidObjectException",
        "java.nio.file.FileSystemException",
        "java.nio.file.NoSuchFileException",
        DetachedArray.class.getName(),
    };

    /** The id that says: a name follows. */
    static final int NAMED = 0;

    private static final Map<String, Integer> IDS = new HashMap<>(2 * NAMES.length);

    static {
        for (int i = 0; i < NAMES.length; i++) {
            IDS.put(NAMES[i], i + 1);
        }
    }

    private KnownClasses() {}

    /** The id of the class, {@link #NAMED} when it has none. */
    static int idOf(Class<?> type) {
        if (type.getClassLoader() != null && type != DetachedArray.class) {
            return NAMED;
        }
        Integer id = IDS.get(type.getName());
        return id == null ? NAMED : id;
    }

    /** The name behind an id, null when there is none. */
    static @Nullable String nameOf(int id) {
        return id > 0 && id <= NAMES.length ? NAMES[id - 1] : null;
    }

    /** How many ids there are. */
    static int count() {
        return NAMES.length;
    }
}
