package offspring.multiprocessing.internal.codec.graph;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a stream for a large array of primitives whose bytes follow behind the stream.
 *
 * <p>The stream keeps identity: an array that is referred to twice is replaced by one and the same stand-in.
 */
public final class DetachedArray implements Externalizable {

    private static final long serialVersionUID = 1L;

    private int index;
    private transient @Nullable Object array;

    /** For the stream; an object made this way means nothing before it is read. */
    public DetachedArray() {}

    DetachedArray(int index) {
        this.index = index;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(index);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        index = in.readInt();
        if (in instanceof GraphReader reader) {
            array = reader.detached(index);
        }
    }

    private Object readResolve() throws InvalidObjectException {
        Object resolved = array;
        if (resolved == null) {
            throw new InvalidObjectException(
                    "array " + index + " was taken out of a message, and this is another stream");
        }
        return resolved;
    }
}
