package offspring.multiprocessing.internal.codec.graph;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * What decoding needs to know beside the bytes.
 *
 * @param resolver finds classes
 * @param limits what a message may cost
 * @param filter what a message may contain; null when it is trusted
 */
public record Rules(
        ClassResolver resolver,
        GraphLimits limits,
        @Nullable ObjectInputFilter filter) {

    /**
     * The class of that name, for a value that is no graph. Without a filter of its own the codec trusts the message,
     * and does not ask the JVM-wide filter, whose first use costs a fresh JVM a search for loggers.
     *
     * @param name as {@link Class#getName()} gives it
     * @return the class, not initialized
     * @throws IOException when it is unknown here, or refused by a filter
     */
    public Class<?> admit(String name) throws IOException {
        Class<?> type;
        try {
            type = resolver.resolve(name);
        } catch (ClassNotFoundException e) {
            InvalidClassException unknown = new InvalidClassException("unknown class: " + e.getMessage());
            unknown.initCause(e);
            throw unknown;
        }
        if (filter != null) {
            GraphFilter asked = new GraphFilter(limits, filter, new GraphReader.Bytes(new byte[0], 0, 0));
            if (!asked.allows(type)) {
                throw new InvalidObjectException("refused: " + asked.refusal());
            }
        }
        return type;
    }
}
