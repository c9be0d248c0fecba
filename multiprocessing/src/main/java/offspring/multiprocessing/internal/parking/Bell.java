package offspring.multiprocessing.internal.parking;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * How one process wakes another: a Unix domain socket on which each process that sleeps listens.
 *
 * <p>A byte on the socket means "look again", and nothing else: what has changed stands in shared memory. So a bell too many
 * does no harm; a full socket need not be written to, since its owner has yet to wake up for what is in it; and a stranger
 * who could get at the socket (the directory is private) could only wake us for nothing.
 */
final class Bell {

    private static final int BACKLOG = 1024;

    private final Session session;
    private final Runnable onRing;
    private final Runnable onDeath;
    private final AtomicBoolean hung = new AtomicBoolean();
    private volatile boolean listening;
    private volatile boolean silent;
    private volatile @Nullable Selector ear;
    private final ConcurrentHashMap<Long, Rope> ropes = new ConcurrentHashMap<>();

    /**
     * A bell that is not hung up yet.
     *
     * @param onRing called by the bell's thread when somebody rang
     * @param onDeath called instead when a process of the session has died since the last ring
     */
    Bell(Session session, Runnable onRing, Runnable onDeath) {
        this.session = session;
        this.onRing = onRing;
        this.onDeath = onDeath;
    }

    /** Whether other processes can ring. */
    boolean isListening() {
        return listening;
    }

    /** Starts to listen, in a thread of its own; the first call does it. */
    void hang() {
        if (silent || hung.get() || !hung.compareAndSet(false, true)) {
            return;
        }
        java.lang.Thread listener = new java.lang.Thread(null, this::listen, "offspring-bell", 1 << 18);
        listener.setDaemon(true);
        listener.start();
    }

    /** Stops to listen: at its end a JVM waits for threads that are in a system call, as the one that listens is. */
    void silence() {
        silent = true;
        Selector selector = ear;
        if (selector != null) {
            selector.wakeup();
        }
    }

    private void listen() {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = Parking.bellOf(session, session.self());
            Files.deleteIfExists(path);
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            long deaths = session.processes().deaths();
            session.processes().setBell(session.self(), true);
            listening = true;
            onDeath.run(); // whoever napped until now looks once more and may then sleep long
            ear = selector; // before the look at silent: who says silent looks for the selector afterwards
            while (!silent) {
                selector.select();
                drain(selector, server);
                long now = session.processes().deaths();
                if (now != deaths) {
                    deaths = now;
                    forgetTheDead();
                    onDeath.run();
                } else {
                    onRing.run();
                }
            }
        } catch (IOException e) {
            // The sleepers of this process nap from now on: slower, but nothing is lost.
            LoggerFactory.getLogger(Bell.class).warn("this process cannot be woken by others; it will poll", e);
        } finally {
            listening = false;
            session.processes().setBell(session.self(), false);
            onDeath.run(); // who sleeps is to nap from now on
        }
    }

    private static void drain(Selector selector, ServerSocketChannel server) throws IOException {
        ByteBuffer ignored = ByteBuffer.allocateDirect(256);
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
            SelectionKey key = keys.next();
            if (key.isAcceptable()) {
                SocketChannel caller = server.accept();
                if (caller != null) {
                    caller.configureBlocking(false);
                    caller.register(selector, SelectionKey.OP_READ);
                }
            } else {
                drain((SocketChannel) key.channel(), ignored);
            }
        }
    }

    private static void drain(SocketChannel caller, ByteBuffer ignored) throws IOException {
        int count;
        try {
            do {
                count = caller.read(ignored.clear());
            } while (count == ignored.capacity());
        } catch (IOException reset) {
            count = -1; // the caller died in the middle of a ring
        }
        if (count < 0) {
            caller.close();
        }
    }

    /** Wakes the process, which listens. */
    void ring(long identity) {
        ropes.computeIfAbsent(identity, Rope::new).pull();
    }

    private void forgetTheDead() {
        ropes.forEach((identity, rope) -> {
            if (!session.processes().isAlive(identity)) {
                ropes.remove(identity);
                rope.drop();
            }
        });
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
                    LoggerFactory.getLogger(Bell.class).trace("the bell of {} is full: it will wake", identity);
                }
            } catch (IOException e) {
                LoggerFactory.getLogger(Bell.class).debug("the bell of {} cannot be rung", identity, e);
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
                    LoggerFactory.getLogger(Bell.class).debug("a rope would not close", e);
                }
            }
        }
    }
}
