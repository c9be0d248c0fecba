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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * How other processes wake this one: a Unix domain socket at which one of the sleepers listens.
 *
 * <p>A byte on the socket means "look again", and nothing else: what has changed stands in shared memory. So a bell too many
 * does no harm, and a stranger who could get at the socket (the directory is private) could only wake us for nothing.
 *
 * <p><b>Who listens.</b> One thread at a time {@linkplain #tryLead leads}: it sleeps in the socket's selector, and wakes the others that
 * are called. Most often it is itself the one that is called; so a wake-up costs one switch of threads, not two. Who leaves lets
 * another sleeper lead. Virtual threads do not lead, since a selector would hold their carrier: for them there is a thread
 * of its own.
 *
 * <p><b>The first time.</b> The first socket of a JVM takes longer than most waits. So a thread of its own hangs the bell up, and sleepers
 * take short naps until it hangs. It begins only after a while: many processes have done by then what they were started for, and the
 * naps of that while cost a tenth of what the socket does.
 *
 * <p>Ancestor: leader and followers, from the reactors of network servers.
 */
final class Bell {

    private static final int BACKLOG = 1024;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** After so many calls the JVM has compiled a method, if only quickly. */
    private static final int REHEARSALS = 300;

    private static final long HANG_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long REHEARSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final Session session;
    private final Ropes ropes;
    private final Hearer hearer;
    private final AtomicBoolean hung = new AtomicBoolean();
    private final AtomicBoolean attended = new AtomicBoolean();
    private final AtomicReference<java.lang.@Nullable Thread> leader = new AtomicReference<>();
    private volatile @Nullable Ear ear;
    private volatile boolean silent;
    private volatile java.lang.@Nullable Thread attendant;

    /** Whom the bell is for. */
    interface Hearer {

        /** Called by the leader when somebody rang. */
        void onRing();

        /** Called instead when a process of the session has died since the last ring. */
        void onDeath();
    }

    /** What listens, and what was told last; the second belongs to the leader. */
    private static final class Ear {
        final Selector selector;
        final ServerSocketChannel server;
        volatile long deaths;

        Ear(Selector selector, ServerSocketChannel server, long deaths) {
            this.selector = selector;
            this.server = server;
            this.deaths = deaths;
        }
    }

    /**
     * A bell that is not hung up yet.
     *
     * @param ropes rings this bell, too, as another process would
     */
    Bell(Session session, Ropes ropes, Hearer hearer) {
        this.session = session;
        this.ropes = ropes;
        this.hearer = hearer;
    }

    /** Whether other processes can ring. */
    boolean isListening() {
        return ear != null && !silent;
    }

    /** Hangs the bell up, in a thread of its own; the first call does it. */
    void hang() {
        if (!silent && !hung.get() && hung.compareAndSet(false, true)) {
            newThread(
                            new Runnable() { // no lambda: each child comes here
                                @Override
                                public void run() {
                                    hangUp();
                                }
                            })
                    .start();
        }
    }

    /** Sees to it that a thread leads even if only virtual ones sleep; the first call does it. */
    void attend() {
        if (!attended.get() && isListening() && attended.compareAndSet(false, true)) {
            java.lang.Thread made = newThread(this::leadAlways);
            attendant = made; // before it starts: whoever stops leading must find it
            made.start();
        }
    }

    /** The thread that listens for virtual ones, if there is one. */
    java.lang.@Nullable Thread attendant() {
        return attendant;
    }

    private static java.lang.Thread newThread(Runnable task) {
        java.lang.Thread thread = new java.lang.Thread(null, task, "offspring-bell", 1 << 18);
        thread.setDaemon(true);
        return thread;
    }

    // ---- the first time

    private void hangUp() {
        long start = System.nanoTime();
        for (long left = HANG_AFTER_NANOS; left > 0 && !silent; left = HANG_AFTER_NANOS - (System.nanoTime() - start)) {
            LockSupport.parkNanos(this, left);
        }
        if (!silent) {
            hangUpNow();
        }
    }

    private void hangUpNow() {
        try {
            Selector selector = Selector.open();
            try {
                Ear open = open(selector);
                rehearse(open);
                session.processes().setBell(session.self(), true);
                ear = open;
            } catch (IOException e) {
                selector.close();
                throw e;
            }
            hearer.onDeath(); // whoever napped until now looks once more and may then sleep long
        } catch (IOException e) {
            // The sleepers of this process nap from now on: slower, but nothing is lost.
            Logs.of(Bell.class).warn("this process cannot be woken by others; it will poll", e);
        }
    }

    private Ear open(Selector selector) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path path = Parking.bellOf(session, session.self());
            Files.deleteIfExists(path);
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new Ear(selector, server, session.processes().deaths());
    }

    /**
     * Rings and listens by itself for some milliseconds. A process that sleeps rarely would else walk this way in the interpreter each
     * time: after an idle second, a message and its answer took 500 microseconds, and 150 since there is this.
     */
    private void rehearse(Ear open) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < REHEARSALS && System.nanoTime() - start < REHEARSAL_NANOS; i++) {
            ropes.ring(session.self());
            listen(open, NANOS_PER_MILLI);
        }
        ropes.drop(session.self());
        listen(open, NANOS_PER_MILLI);
    }

    // ---- leading

    /**
     * Makes the calling thread the one that listens, if there is none. It must look at what it waits for after this and before it {@linkplain
     * #listen listens}: who has woken it before by other means has done so in vain.
     */
    boolean tryLead() {
        return isListening() && leader.get() == null && leader.compareAndSet(null, java.lang.Thread.currentThread());
    }

    /** The calling thread, which leads, does so no more. If a process has died since it last listened, it sees to that first. */
    void unlead() {
        leader.set(null);
        Ear open = ear;
        if (open != null && session.processes().deaths() != open.deaths) {
            tidy();
        }
    }

    /** Whether nobody listens who could. */
    boolean needsLeader() {
        return leader.get() == null && isListening();
    }

    /** Ends the sleep of a thread of this process, whether it leads or not. */
    void wake(java.lang.Thread thread) {
        Ear open = ear;
        if (open != null && leader.get() == thread) {
            open.selector.wakeup();
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** Sleeps until somebody rings, the thread is woken or interrupted, or the time is over. Called by the leader. */
    void listen(long nanos) {
        Ear open = ear;
        if (open != null) {
            try {
                listen(open, nanos);
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    private void listen(Ear open, long nanos) throws IOException {
        open.selector.select(Math.max(1, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
        take(open);
    }

    private void take(Ear open) throws IOException {
        drain(open);
        long now = session.processes().deaths();
        if (now != open.deaths) {
            open.deaths = now;
            hearer.onDeath();
        } else {
            hearer.onRing();
        }
    }

    /** Closes the sockets of those who are gone, if nobody leads: else the leader does it. */
    void tidy() {
        Ear open = ear;
        if (open == null || !tryLead()) {
            return;
        }
        try {
            open.selector.selectNow();
            take(open);
        } catch (IOException e) {
            fail(e);
        } finally {
            leader.set(null);
        }
    }

    private void fail(IOException e) {
        silence(); // the sleepers of this process nap from now on
        Logs.of(Bell.class).warn("this process cannot be woken by others any more", e);
    }

    private void leadAlways() {
        while (!silent) {
            if (leader.get() == java.lang.Thread.currentThread() || tryLead()) {
                listen(WaitPoint.BACKSTOP_NANOS);
            } else {
                LockSupport.parkNanos(this, WaitPoint.BACKSTOP_NANOS);
            }
        }
    }

    /**
     * Nobody listens any more: at its end a JVM waits for threads that are in a system call, as the one that listens is.
     */
    void silence() {
        silent = true;
        Ear open = ear;
        if (open != null) {
            open.selector.wakeup();
            session.processes().setBell(session.self(), false);
        }
        hearer.onDeath(); // who sleeps is to nap from now on
    }

    /**
     * Takes what has come. The selector is asked once more after a caller has come, who may be gone already, and after one has gone, since
     * only then it lets go of the socket.
     */
    private static void drain(Ear ear) throws IOException {
        while (drainOnce(ear)) {
            ear.selector.selectNow();
        }
    }

    /** Whether callers have come or gone. */
    private static boolean drainOnce(Ear ear) throws IOException {
        boolean changed = false;
        Iterator<SelectionKey> keys = ear.selector.selectedKeys().iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key.isAcceptable()) {
                accept(ear);
                changed = true;
            } else if (isGone((SocketChannel) key.channel())) {
                key.channel().close();
                changed = true;
            }
        }
        return changed;
    }

    private static void accept(Ear ear) throws IOException {
        SocketChannel caller = ear.server.accept();
        if (caller != null) {
            caller.configureBlocking(false);
            caller.register(ear.selector, SelectionKey.OP_READ);
        }
    }

    private static boolean isGone(SocketChannel caller) {
        ByteBuffer ignored = ByteBuffer.allocate(256);
        try {
            int count;
            do {
                count = caller.read(ignored.clear());
            } while (count == ignored.capacity());
            return count < 0;
        } catch (IOException reset) {
            return true; // the caller died in the middle of a ring
        }
    }
}
