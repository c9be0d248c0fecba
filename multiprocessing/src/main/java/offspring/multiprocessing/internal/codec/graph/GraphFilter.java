package offspring.multiprocessing.internal.codec.graph;

import java.io.ObjectInputFilter;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one message what may be loaded and allocated.
 *
 * <p>Array lengths are checked against the bytes that are left, and all of them together against the whole message: an
 * element of any array takes a byte at least, a hash table has at most eight places per entry, and an entry takes two
 * bytes. The JVM-wide filter ({@code jdk.serialFilter}) and the user's are asked too; one refusal is enough.
 */
final class GraphFilter implements ObjectInputFilter {

    /** Hash tables that are nearly empty have sixteen places each. */
    private static final long FREE_ELEMENTS = 1024;

    /** What the stream may have read ahead of what it handed out. */
    private static final int READ_AHEAD = 1024;

    private final GraphLimits limits;
    private final @Nullable ObjectInputFilter user;
    private final GraphReader.Bytes input;
    private long elementsLeft;
    private @Nullable String refusal;

    /** The array that the stream is about to put in the place of its stand-in; the stream asks about it once more. */
    private @Nullable Object arriving;

    GraphFilter(GraphLimits limits, @Nullable ObjectInputFilter user, GraphReader.Bytes input) {
        this.limits = limits;
        this.user = user;
        this.input = input;
        this.elementsLeft = FREE_ELEMENTS + 8L * input.remaining();
    }

    @Override
    public Status checkInput(FilterInfo info) {
        Class<?> type = info.serialClass();
        if (info.depth() > limits.maxDepth()) {
            return refuse("objects nest deeper than " + limits.maxDepth());
        }
        if (info.references() > limits.maxReferences()) {
            return refuse("there are more than " + limits.maxReferences() + " objects");
        }
        if (type != null && info.arrayLength() >= 0 && hasArrived(type, info.arrayLength())) {
            return Status.ALLOWED;
        }
        if (type != null && info.arrayLength() >= 0 && !fits(type, info.arrayLength())) {
            return refuse("an array " + type.getTypeName() + " of " + info.arrayLength()
                    + " elements cannot lie in the " + input.remaining() + " bytes that are left");
        }
        return type == DetachedArray.class ? Status.ALLOWED : askOthers(info);
    }

    private Status askOthers(FilterInfo info) {
        ObjectInputFilter everywhere = ObjectInputFilter.Config.getSerialFilter();
        if (everywhere != null && everywhere.checkInput(info) == Status.REJECTED) {
            return refuse(subject(info.serialClass()) + " is refused by the filter of this JVM (jdk.serialFilter)");
        }
        if (user != null && user.checkInput(info) == Status.REJECTED) {
            return refuse(subject(info.serialClass()) + " is refused by the filter given for this connection");
        }
        return Status.ALLOWED;
    }

    /** Asked before a class is looked at so closely that its static initializer may run. */
    boolean allows(Class<?> type) {
        return type == DetachedArray.class || allows(type, -1);
    }

    /** Asked for an array that follows the stream; its length is known to fit. */
    boolean allows(Class<?> type, long arrayLength) {
        if (user == null && ObjectInputFilter.Config.getSerialFilter() == null) {
            return true;
        }
        return askOthers(new OnlyClass(type, arrayLength)) != Status.REJECTED;
    }

    /** Announces an array that lay behind the stream and was checked there. */
    void announce(Object array) {
        arriving = array;
    }

    private boolean hasArrived(Class<?> type, long length) {
        Object array = arriving;
        arriving = null;
        return array != null && array.getClass() == type && Array.getLength(array) == length;
    }

    /** Why the last question was answered with a refusal; null when none was. */
    @Nullable
    String refusal() {
        return refusal;
    }

    private boolean fits(Class<?> type, long length) {
        Class<?> component = type.getComponentType();
        if (component != null && component.isPrimitive()) {
            return length * bytes(component) <= input.remaining() + READ_AHEAD;
        }
        elementsLeft -= length;
        return elementsLeft >= 0;
    }

    private static int bytes(Class<?> component) {
        if (component == long.class || component == double.class) {
            return 8;
        }
        if (component == int.class || component == float.class) {
            return 4;
        }
        return component == char.class || component == short.class ? 2 : 1;
    }

    private Status refuse(String why) {
        refusal = why;
        return Status.REJECTED;
    }

    private static String subject(@Nullable Class<?> type) {
        return type == null ? "the graph" : type.getTypeName();
    }

    /** The question whether a class may be loaded, before anything is known of its object. */
    private record OnlyClass(Class<?> serialClass, long arrayLength) implements FilterInfo {

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }
}
