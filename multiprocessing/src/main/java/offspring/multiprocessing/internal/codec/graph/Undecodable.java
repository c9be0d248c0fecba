package offspring.multiprocessing.internal.codec.graph;

import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.StreamCorruptedException;
import java.io.UTFDataFormatException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in a stream, and near which byte of the message. */
final class Undecodable {

    private Undecodable() {}

    /**
     * The exception to throw.
     *
     * <p>An {@link IOException} that an object's own method threw stays as it is; what the stream says gets the message
     * that the stream does not give.
     *
     * @param failure what was thrown
     * @param refusal why the filter refused something, null when it did not
     * @param length of the message
     * @param at how far the stream has come
     */
    static IOException because(Throwable failure, @Nullable String refusal, int length, int at) {
        String where = " in a message of " + length + " bytes, near byte " + at;
        if (refusal != null) {
            return with(failure, new InvalidObjectException("refused: " + refusal + where));
        }
        Throwable cause = failure.getCause();
        if (failure instanceof ClassNotFoundException) {
            return with(failure, new InvalidClassException("unknown class" + where + ": " + failure.getMessage()));
        }
        if (failure instanceof InvalidClassException && cause instanceof ClassNotFoundException) {
            return with(failure, new InvalidClassException("unknown class" + where + ": " + cause.getMessage()));
        }
        if (failure instanceof InvalidClassException) {
            return with(failure, new InvalidClassException("unusable class" + where + ": " + failure.getMessage()));
        }
        if (failure instanceof InvalidObjectException) {
            return with(failure, new InvalidObjectException("invalid object" + where + ": " + failure.getMessage()));
        }
        if (failure instanceof ObjectStreamException
                || failure instanceof EOFException
                || failure instanceof UTFDataFormatException) {
            return with(failure, new StreamCorruptedException("corrupt stream" + where + ": " + failure));
        }
        if (failure instanceof IOException own) {
            return own;
        }
        return with(failure, new InvalidObjectException("an object could not be restored" + where + ": " + failure));
    }

    private static IOException with(Throwable cause, ObjectStreamException told) {
        told.initCause(cause);
        return told;
    }
}
