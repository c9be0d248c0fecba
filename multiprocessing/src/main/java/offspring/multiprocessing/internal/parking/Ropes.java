package offspring.multiprocessing.internal.parking;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * How this process wakes others: connections to their {@linkplain Bell bells}, made when they are first rung. A full socket need not be
 * written to, since its owner has yet to wake up for what is in it.
 */
final class Ropes {

    private final Session session;
    private final ConcurrentHashMap<Long, Rope> ropes = new ConcurrentHashMap<>();

    Ropes(Session session) {
        this.session = session;
    }

    /** Wakes the process, which listens. */
    void ring(long identity) {
        Rope rope = ropes.get(identity);
        if (rope == null) {
            Rope made = new Rope(identity);
            Rope earlier = ropes.putIfAbsent(identity, made);
            rope = earlier == null ? made : earlier;
        }
        rope.pull();
    }

    /** Lets go of the bell of one process. */
    void drop(long identity) {
        Rope rope = ropes.remove(identity);
        if (rope != null) {
            rope.drop();
        }
    }

    /** Lets go of the bells of processes that are gone. */
    void forgetTheDead() {
        for (long identity : ropes.keySet()) {
            if (!session.processes().isAlive(identity)) {
                drop(identity);
            }
        }
    }

    /** The connection to another process's bell. */
    private final class Rope {

        private final long identity;
        /** Guards {@link #channel}; never held over anything that blocks. */
        private final ReentrantLock lock = new ReentrantLock();

        private final ByteBuffer one = ByteBuffer.allocateDirect(1);
        private @Nullable SocketChannel channel;

        Rope(long identity) {
            this.identity = identity;
        }

        /** Writes one byte, if there is room. A process that cannot be reached is gone, or its sleepers nap. */
        void pull() {
            lock.lock();
            try {
                SocketChannel open = channel;
                if (open == null) {
                    open = connect();
                    channel = open;
                }
                one.clear();
                int written = open.write(one);
                if (written == 0) {
                    Logs.of(Ropes.class).trace("the bell of {} is full: it will wake", identity);
                }
            } catch (IOException e) {
                Logs.of(Ropes.class).debug("the bell of {} cannot be rung", identity, e);
                close();
            } finally {
                lock.unlock();
            }
        }

        /** Non-blocking from the start: an interrupt would close a blocking channel. */
        private SocketChannel connect() throws IOException {
            SocketChannel made = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                made.configureBlocking(false);
                if (!made.connect(UnixDomainSocketAddress.of(Parking.bellOf(session, identity)))) {
                    throw new IOException("the bell of " + identity + " does not answer at once");
                }
                return made;
            } catch (IOException e) {
                made.close();
                throw e;
            }
        }

        void drop() {
            lock.lock();
            try {
                close();
            } finally {
                lock.unlock();
            }
        }

        private void close() {
            SocketChannel open = channel;
            channel = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    Logs.of(Ropes.class).debug("a rope would not close", e);
                }
            }
        }
    }
}
