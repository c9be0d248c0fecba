package offspring.multiprocessing.internal.pool.worker;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.ring.PipeEnd;

/** The worker's end of its private pipe, which travels to the worker as a handle. */
public final class Channel implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient PipeEnd end;

    /** The end, to be sent to the worker. */
    public Channel(PipeEnd end) {
        this.end = end;
    }

    PipeEnd end() {
        return end;
    }

    WorkerWords words() {
        return new WorkerWords(end.segment(), end.extra());
    }

    @SuppressWarnings("serial") // the JDK expects a subclass of IOException only
    private Object writeReplace() throws IOException {
        PipeEnd.Handle handle = Departure.of(end, "channel of a worker");
        return handle == null
                ? "a channel"
                : new Travelling(handle.pipe(), handle.end(), handle.entry(), handle.number());
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a channel travels as a handle, never as itself");
    }

    /** What travels in place of a channel. */
    private record Travelling(long pipe, int end, int entry, long number) implements Serializable {

        @SuppressWarnings("serial") // as above
        private Object readResolve() throws IOException {
            return new Channel(PipeEnd.attach(new PipeEnd.Handle(pipe, end, entry, number)));
        }
    }
}
