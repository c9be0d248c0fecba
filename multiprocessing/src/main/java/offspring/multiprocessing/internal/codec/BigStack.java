package offspring.multiprocessing.internal.codec;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs the work that overflowed a stack again, on a thread with a large one.
 *
 * <p>The stack is reserved address space; only what the work touches becomes memory, and the thread gives it back.
 */
final class BigStack {

    /** Room for some hundred thousand nested objects. */
    static final long BYTES = 512L << 20;

    private BigStack() {}

    /** Whether this thread is already such a helper. */
    static boolean here() {
        return Thread.currentThread() instanceof Helper;
    }

    /**
     * Runs the task on a helper thread, which has the caller's context class loader, and waits for it.
     *
     * <p>An interrupt does not end the wait, because encoding is work and not waiting; it is still set afterwards.
     */
    static <T> T run(Callable<T> task) throws ExecutionException {
        FutureTask<T> future = new FutureTask<>(task);
        Helper helper = new Helper(future);
        helper.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        helper.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Helper extends Thread {

        Helper(Runnable work) {
            super(null, work, "offspring-deep-graph", BYTES);
            setDaemon(true);
        }
    }
}
