package offspring.multiprocessing.internal.ring;

import java.io.IOException;
import java.io.NotSerializableException;
import offspring.multiprocessing.internal.codec.CodecContext;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Holdings;
import org.jspecify.annotations.Nullable;

/**
 * The journey on which the object goes that is being encoded: shared objects inside it ask here for a handle, which holds them until it
 * arrives. An object that is encoded for no journey of the family cannot have one.
 */
public interface Departure {

    /** Under which the codec's context has it. */
    CodecContext.Key<Departure> KEY = new CodecContext.Key<>("departure", Departure.class);

    /** The handle of an end of a pipe for this journey; the same one each time. */
    PipeEnd.Handle handleOf(PipeEnd end) throws IOException;

    /** The handle of a cell for this journey; the same one each time. */
    Holdings.Handle handleOf(Cell cell) throws IOException;

    /**
     * A handle for where the object that is being encoded goes; null if it goes nowhere, because the codec only looks for
     * what is wrong with it. {@code what} is the name of the object in messages.
     */
    static PipeEnd.@Nullable Handle of(PipeEnd end, String what) throws IOException {
        Departure departure = current(what);
        return CodecContext.phase() == CodecContext.Phase.REHEARSAL ? null : departure.handleOf(end);
    }

    /** As for an end of a pipe. */
    static Holdings.@Nullable Handle of(Cell cell, String what) throws IOException {
        Departure departure = current(what);
        return CodecContext.phase() == CodecContext.Phase.REHEARSAL ? null : departure.handleOf(cell);
    }

    private static Departure current(String what) throws NotSerializableException {
        CodecContext context = CodecContext.current();
        Departure departure = context == null ? null : context.get(KEY);
        if (departure == null) {
            throw new NotSerializableException("a " + what + " can only be sent to a process of its family: captured by"
                    + " the target of a Process, or through a connection or queue of this library");
        }
        return departure;
    }
}
