package offspring.multiprocessing.internal.launch;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.parking.Parking;
import org.jspecify.annotations.Nullable;

/**
 * The child's end of its standard input, after the bootstrap record: its end means that the parent is gone, and the child
 * leaves with it.
 *
 * <p>The parent's end of the pipe is closed by the system when the parent ends, however it ends, so this works after {@code
 * kill -9}, where no shutdown hook does; and since a child that leaves closes the tethers of its own children, no descendant
 * stays. The parent may also send single bytes: {@link #INTERRUPT}, and others to a child whose work has
 * asked for them.
 *
 * <p><b>How it leaves.</b> {@code halt} waits up to 0.3 s for threads that are in a system call. So that this does not add up over
 * the generations, and is rarely waited for at all, the tether first kills the children of this process, whose own children's
 * tethers end by that, and stops the bell.
 *
 * <p><b>The normal end</b> of a JVM waits for such threads, too, and the tether itself would always be one. So the exit duties
 * {@linkplain #loosen loosen} it last of all: through {@code /proc} the process writes into its own standard input, and the
 * tether stops to read and looks for its parent from time to time.
 *
 * <p>The thread is started before anything of the user's.
 */
final class Tether extends java.lang.Thread {

    /** Asks the child to interrupt its main thread. */
    static final int INTERRUPT = 3;

    /** The process tells itself that it is about to end. */
    private static final int LEAVING = 4;

    /** The exit code of a child that left because its parent was gone; nobody is there to see it but a curious user. */
    static final int PARENT_GONE = 23;

    private static final String OWN_INPUT = "/proc/self/fd/0";
    private static final long LOOK_NANOS = 20_000_000;

    private static volatile @Nullable IntConsumer listener;

    private final InputStream in;
    private final java.lang.Thread main;
    private final long parentPid;

    Tether(InputStream in, java.lang.Thread main, long parentPid) {
        super(null, null, "offspring-tether", 1 << 18);
        this.in = in;
        this.main = main;
        this.parentPid = parentPid;
        setDaemon(true);
    }

    /** Called when everything is done that the end of this process needs; where it does not work, the end takes longer. */
    static void loosen() {
        try (FileOutputStream toMyself = new FileOutputStream(OWN_INPUT)) {
            toMyself.write(LEAVING);
        } catch (IOException e) {
            Logs.of(Tether.class).trace("{} cannot be written to", OWN_INPUT, e);
        }
    }

    /** Opens the way to itself, and says nothing. */
    static void rehearse() throws IOException {
        if (new File(OWN_INPUT).canWrite()) {
            new FileOutputStream(OWN_INPUT).close();
        }
    }

    @Override
    public void run() {
        try {
            int message = in.read();
            while (message >= 0 && message != LEAVING) {
                deliver(message);
                message = in.read();
            }
            if (message == LEAVING) {
                watchParent();
            }
        } catch (IOException broken) {
            leave();
        }
        leave();
    }

    /** Work that has asked for messages gets them all; else there is only one that means something. */
    private void deliver(int message) {
        IntConsumer hearer = listener;
        if (hearer != null) {
            hearer.accept(message);
        } else if (message == INTERRUPT) {
            main.interrupt();
        }
    }

    /** From now on the parent's messages go to this listener, on the tether's thread: it must not block, nor throw. */
    static void listen(IntConsumer hearer) {
        listener = hearer;
    }

    private void watchParent() {
        while (ProcessHandle.of(parentPid).isPresent()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Ends this process at once: its parent is gone. */
    static void leave() {
        try {
            Children.killAll();
            Parking.silence();
        } finally {
            Runtime.getRuntime().halt(PARENT_GONE);
        }
    }
}
