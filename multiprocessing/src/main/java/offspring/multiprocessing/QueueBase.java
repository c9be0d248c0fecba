package offspring.multiprocessing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import offspring.multiprocessing.connection.Waitable;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.parking.Watchable;
import offspring.multiprocessing.internal.parking.Watchables;
import offspring.multiprocessing.internal.queues.SharedQueue;
import offspring.multiprocessing.internal.ring.ClosedEndException;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.ring.PipeEnd;
import offspring.queue.EmptyException;
import offspring.queue.FullException;
import offspring.queue.MessageQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the queues between processes have in common: items as bytes, a way to travel, an end.
 *
 * @param <T> the type of the items
 */
abstract class QueueBase<T extends @Nullable Object> implements MessageQueue<T>, Waitable, Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;
    private static final Cleaner CLEANER = Cleaner.create();

    static {
        Form.register(type(), new Travel());
        Watchables.register(
                new Function<>() { // no lambda: each child with a queue comes here
                    @Override
                    public @Nullable Watchable apply(Object waitable) {
                        return waitable instanceof QueueBase<?> queue ? new Watched(queue) : null;
                    }
                });
    }

    private final transient SharedQueue queue;
    private final transient Use use;
    private final transient Payloads.Outbox outbox;
    private final transient Cleaner.Cleanable cleanable;

    QueueBase(SharedQueue queue) {
        this.queue = queue;
        this.use = new Use(queue);
        this.outbox = new Payloads.Outbox(queue.end().pipe());
        this.cleanable = CLEANER.register(this, use);
    }

    /** What remains to be done when the object is unreachable; knows the queue, not the object. */
    private static final class Use implements Runnable, BooleanSupplier {

        private final SharedQueue queue;
        private final AtomicBoolean closed = new AtomicBoolean();

        Use(SharedQueue queue) {
            this.queue = queue;
        }

        /** Whether the object was closed. */
        @Override
        public boolean getAsBoolean() {
            return closed.get();
        }

        @Override
        public void run() {
            if (closed.compareAndSet(false, true)) {
                queue.release();
            }
        }
    }

    /** The queue among other things to wait for. */
    private record Watched(QueueBase<?> queue) implements Watchable {

        @Override
        public boolean isReady() {
            return queue.isReady();
        }

        @Override
        public @Nullable WaitPoint place() {
            return queue.queue.end().place();
        }

        @Override
        public @Nullable Set<Parking.Sleeper> watchers() {
            return null;
        }
    }

    /** The queue, which this object still uses. */
    final SharedQueue queue() {
        if (isClosed()) {
            throw closedException();
        }
        return queue;
    }

    /** The queue, whether this object still uses it or not. */
    final SharedQueue queueEvenIfClosed() {
        return queue;
    }

    final boolean isClosed() {
        return use.getAsBoolean();
    }

    private IllegalStateException closedException() {
        return new IllegalStateException("this " + kind().name + " is closed: nothing more goes in or comes out here");
    }

    /** Which class it is, in messages and on the way. */
    abstract Kind kind();

    // ---- putting

    /** Puts an encoded item in; false if the time was over before there was room. */
    abstract boolean put(Payloads.Outgoing item, long deadlineNanos) throws IOException, InterruptedException;

    /** Puts an encoded item in, if there is room now. */
    abstract boolean tryPut(Payloads.Outgoing item) throws IOException;

    /** Whether this object was closed, for those who wait on its behalf. */
    final BooleanSupplier closing() {
        return use;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the item cannot be serialized; the cause is a {@link NotSerializableException} that names the
     *     class and the way to it. The item is not in
     * @throws IllegalStateException if this object is closed, before or while this thread waits
     */
    @Override
    public void put(T item) throws InterruptedException {
        put(item, Deadlines.NEVER, null);
    }

    @Override
    public void put(T item, boolean block) throws InterruptedException {
        if (block) {
            put(item);
        } else {
            putNowait(item);
        }
    }

    @Override
    public void put(T item, Duration timeout) throws InterruptedException {
        put(item, Deadlines.after(timeout), timeout);
    }

    private void put(T item, long deadlineNanos, @Nullable Duration timeout) throws InterruptedException {
        queue();
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean in = false;
        Payloads.Outgoing outgoing = encode(item);
        try {
            in = put(outgoing, deadlineNanos);
        } catch (ClosedEndException e) {
            throw closedException();
        } catch (IOException e) {
            throw isClosed() ? closedException() : new UncheckedIOException(e);
        } finally {
            Reference.reachabilityFence(this);
            leave(outgoing, in);
        }
        if (!in) {
            queue(); // throws if that was the reason
            throw new FullException("put(item, " + timeout + "): no room in " + this);
        }
    }

    @Override
    public void putNowait(T item) {
        queue();
        boolean in = false;
        Payloads.Outgoing outgoing = encode(item);
        try {
            in = tryPut(outgoing);
        } catch (ClosedEndException e) {
            throw closedException();
        } catch (IOException e) {
            throw isClosed() ? closedException() : new UncheckedIOException(e);
        } finally {
            Reference.reachabilityFence(this);
            leave(outgoing, in);
        }
        if (!in) {
            throw new FullException("putNowait(item): no room in " + this);
        }
    }

    private Payloads.Outgoing encode(T item) {
        try {
            return outbox.encode(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void leave(Payloads.Outgoing outgoing, boolean in) {
        try {
            if (!in) {
                outgoing.revoke();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            outbox.done(outgoing);
        }
    }

    // ---- getting

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the item cannot be restored here, because a class is missing for example; it is taken
     * @throws IllegalStateException if this object is closed, before or while this thread waits
     */
    @Override
    public T get() throws InterruptedException {
        while (true) {
            byte[] item = take(Deadlines.NEVER);
            if (item != null) {
                return decode(item);
            }
        }
    }

    @Override
    public T get(boolean block) throws InterruptedException {
        return block ? get() : getNowait();
    }

    @Override
    public T get(Duration timeout) throws InterruptedException {
        byte[] item = take(Deadlines.after(timeout));
        if (item == null) {
            throw new EmptyException("get(" + timeout + "): no item in " + this);
        }
        return decode(item);
    }

    private byte @Nullable [] take(long deadlineNanos) throws InterruptedException {
        queue();
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return queue.get(use, deadlineNanos);
        } catch (ClosedEndException e) {
            throw closedException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public T getNowait() {
        queue();
        byte[] item;
        try {
            item = queue.tryGet(use);
        } catch (ClosedEndException e) {
            throw closedException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Reference.reachabilityFence(this);
        }
        if (item == null) {
            throw new EmptyException("getNowait(): no item in " + this);
        }
        return decode(item);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // who puts and who gets agree on T; null may be one
    private T decode(byte[] item) {
        try {
            return (T) Payloads.decode(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    // ---- looking

    @Override
    public int qsize() {
        try {
            return (int) Math.min(Integer.MAX_VALUE, queue().size());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean empty() {
        return qsize() == 0;
    }

    @Override
    public boolean full() {
        int bound = queue().bound();
        return bound != 0 && qsize() >= bound;
    }

    /**
     * Whether a get would find an item now.
     *
     * @return whether it would, or this object is closed
     */
    @Override
    public boolean isReady() {
        try {
            return isClosed() || queue.poll(use, System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException("a look does not wait", e);
        }
    }

    /**
     * Waits until a get would find an item. Another thread may be faster to get it.
     *
     * @param timeout how long to wait; zero only looks
     * @return whether there is one, or this object is closed
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        long deadline = Deadlines.after(timeout);
        try {
            return isClosed() || queue.poll(use, deadline);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    // ---- the end

    /**
     * Gives up this object: nothing more goes in or comes out here, and threads that wait on its behalf get an {@link
     * IllegalStateException}. What is inside stays, and can be had through other objects for the same queue. An object that is
     * not closed is given up when it is unreachable and the garbage collector has noticed. Later calls do nothing.
     */
    @Override
    public void close() {
        cleanable.clean();
    }

    // ---- travelling

    /** What can travel; the number of its constant travels with it. */
    enum Kind {
        QUEUE("queue"),
        JOINABLE("joinable queue"),
        SIMPLE("simple queue");

        final String name;

        Kind(String name) {
            this.name = name;
        }

        private QueueBase<?> over(SharedQueue queue) {
            return switch (this) {
                case QUEUE -> new Queue<>(queue);
                case JOINABLE -> new JoinableQueue<>(queue);
                case SIMPLE -> new SimpleQueue<>(queue);
            };
        }
    }

    @SuppressWarnings("EnumOrdinal") // both processes run the same build of the library
    private static final class Travel extends Form<QueueBase<?>> {

        @Override
        protected @Nullable Object @Nullable [] depart(QueueBase<?> from) throws IOException {
            if (from.isClosed()) {
                throw new NotSerializableException(
                        "a closed " + from.kind().name + " cannot be sent to another process");
            }
            PipeEnd.Handle handle = Departure.of(from.queue.end(), from.kind().name);
            return handle == null ? null : new Object[] {from.kind().ordinal(), handle.words()};
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) throws IOException {
            Kind kind = Kind.values()[(int) Objects.requireNonNull(parts[0])];
            PipeEnd.Handle handle = PipeEnd.Handle.of((long[]) Objects.requireNonNull(parts[1]));
            try {
                return kind.over(SharedQueue.attach(handle));
            } catch (NoSuchFileException e) {
                throw new EOFException("the " + kind.name + " is gone: nobody held it when its handle arrived");
            }
        }
    }

    @SuppressWarnings(
            "serial") // an IOException reaches the caller of the stream as well as the subclass that the JDK expects
    final Object writeReplace() throws IOException {
        return Form.<QueueBase<?>>replace(type(), this);
    }

    @SuppressWarnings("unchecked") // the class has no arguments at run time
    private static Class<QueueBase<?>> type() {
        return (Class<QueueBase<?>>) (Class<?>) QueueBase.class;
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a " + kind().name + " travels as a handle, never as itself");
    }
}
