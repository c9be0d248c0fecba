package offspring.threading.children;

import offspring.core.Thread;
import offspring.threading.Threading;

/** Asks for a thread with a stack that no address space has room for. */
public final class IsRefusedAThread {

    private static final long TOO_LARGE = 1L << 50;

    private IsRefusedAThread() {}

    public static void main(String[] args) throws Exception {
        var thread = new Thread(() -> System.out.println("ran"), "refused");
        Threading.setStackSizeBytes(TOO_LARGE);
        try {
            thread.start();
            System.out.println("started with a stack of " + TOO_LARGE);
        } catch (OutOfMemoryError refused) {
            System.out.println("refused");
        }
        System.out.println(thread);
        System.out.println("listed: " + Threading.enumerate());
        try {
            thread.join();
        } catch (IllegalStateException notStarted) {
            System.out.println("not joinable");
        }
        Threading.setStackSizeBytes(0);
        thread.start();
        thread.join();
    }
}
