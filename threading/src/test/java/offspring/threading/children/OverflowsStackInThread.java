package offspring.threading.children;

import offspring.core.Thread;

/** Endless recursion in two threads: one catches the error, one does not. */
public final class OverflowsStackInThread {

    private OverflowsStackInThread() {}

    public static void main(String[] args) throws Exception {
        var catching = new Thread(() -> {
            try {
                recurse();
            } catch (StackOverflowError expected) {
                System.out.println("caught");
            }
        });
        var failing = new Thread(OverflowsStackInThread::recurse, "overflowing");
        catching.start();
        catching.join();
        failing.start();
        failing.join();
        System.out.println("end of main thread");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int recurse() {
        return recurse() + 1;
    }
}
