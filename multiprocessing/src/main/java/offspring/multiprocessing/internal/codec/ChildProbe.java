package offspring.multiprocessing.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serializes one object to nowhere and notes which objects it would write: its children, exactly as serialization sees
 * them.
 *
 * <p>Each child is replaced by null as soon as it is noted, so nothing below it is touched. That works for every
 * serializable class, where reflection may not look as well: the object's own {@code writeReplace} and {@code
 * writeObject} run, and what they write passes by here.
 */
final class ChildProbe extends ObjectOutputStream {

    private final List<Object> children = new ArrayList<>();
    private @Nullable Object root;

    private ChildProbe() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    /**
     * What an object would write.
     *
     * @param effective the object, or what its {@code writeReplace} put in its place
     * @param children the objects it refers to, after their own {@code writeReplace}, in the order of writing
     * @param failure why it could not be written; null when it could
     */
    record Finding(
            Object effective,
            List<Object> children,
            @Nullable Throwable failure) {}

    static Finding look(Object object) {
        ChildProbe probe = null;
        Throwable failure = null;
        try {
            probe = new ChildProbe();
            probe.writeObject(object);
            probe.flush();
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            failure = e;
        }
        if (probe == null) {
            return new Finding(object, List.of(), failure);
        }
        Object effective = probe.root;
        return new Finding(effective == null ? object : effective, probe.children, failure);
    }

    @Override
    protected void writeStreamHeader() {
        // Nobody reads this.
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass descriptor) {
        // Nobody reads this.
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
        if (root == null) {
            root = object;
            return object;
        }
        if (object != null) {
            children.add(object);
        }
        return null;
    }
}
