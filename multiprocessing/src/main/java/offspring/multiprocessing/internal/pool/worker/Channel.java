package offspring.multiprocessing.internal.pool.worker;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/** The worker's end of its private pipe, which travels to the worker as a handle. */
public final class Channel implements Serializable {

    private static final long serialVersionUID = 1L;

    static {
        Form.register(Channel.class, new Travel());
    }

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

    private static final class Travel extends Form<Channel> {

        @Override
        protected @Nullable Object @Nullable [] depart(Channel channel) throws IOException {
            PipeEnd.Handle handle = Departure.of(channel.end, "channel of a worker");
            return handle == null ? null : new Object[] {handle.words()};
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) throws IOException {
            return new Channel(PipeEnd.attach(PipeEnd.Handle.of((long[]) Objects.requireNonNull(parts[0]))));
        }
    }

    @SuppressWarnings("serial") // the JDK expects a subclass of IOException only
    private Object writeReplace() throws IOException {
        return Form.replace(Channel.class, this);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a channel travels as a handle, never as itself");
    }
}
