package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.InputStream;

/**
 * The child's end of its standard input, after the bootstrap record: its end means that the parent is gone, and the child
 * leaves with it.
 *
 * <p>The parent's end of the pipe is closed by the system when the parent ends, however it ends, so this works after {@code
 * kill -9}, where no shutdown hook does; and since a child that leaves closes the tethers of its own children, no descendant
 * stays. The parent may also send one byte: {@link #INTERRUPT}.
 *
 * <p>The thread is started before anything of the user's, and needs no memory to do its work.
 */
final class Tether extends java.lang.Thread {

    /** Asks the child to interrupt its main thread. */
    static final int INTERRUPT = 3;

    /** The exit code of a child that left because its parent was gone; nobody is there to see it but a curious user. */
    static final int PARENT_GONE = 23;

    private final InputStream in;
    private final java.lang.Thread main;

    Tether(InputStream in, java.lang.Thread main) {
        super(null, null, "offspring-tether", 1 << 18);
        this.in = in;
        this.main = main;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            int message = in.read();
            while (message >= 0) {
                if (message == INTERRUPT) {
                    main.interrupt();
                }
                message = in.read();
            }
        } catch (IOException broken) {
            Runtime.getRuntime().halt(PARENT_GONE);
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
