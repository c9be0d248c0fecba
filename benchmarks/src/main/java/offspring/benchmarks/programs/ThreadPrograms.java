package offspring.benchmarks.programs;

import offspring.core.Thread;

/** Making, starting and joining a thread that does nothing, one after the other. */
public final class ThreadPrograms {

    private ThreadPrograms() {}

    /** Our thread. */
    public static Program thread() {
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                Thread thread = new Thread(() -> {});
                thread.start();
                thread.join();
            }
            return System.nanoTime() - start;
        };
    }

    /** The JDK's thread. */
    public static Program javaLangThread() {
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                java.lang.Thread thread = new java.lang.Thread(() -> {});
                thread.start();
                thread.join();
            }
            return System.nanoTime() - start;
        };
    }
}
