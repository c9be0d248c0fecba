package offspring.multiprocessing.internal.launch;

/**
 * Which signal, if any, has made this JVM shut down.
 *
 * <p>The JDK runs the shutdown that a signal asks for on a thread named after it, {@code "SIGTERM handler"}, which waits
 * for the hooks to end; {@code System.exit} and the end of the last thread use no such thread. A hook can therefore tell
 * the two apart, which the exit code cannot: both are 143.
 */
final class Signals {

    private static final String[] NAMES = {"SIGHUP handler", "SIGINT handler", "SIGTERM handler"};
    private static final int[] NUMBERS = {1, 2, 15};

    private Signals() {}

    /** The number of the signal, or 0; to be asked by a shutdown hook. */
    static int thatEndsThisJvm() {
        ThreadGroup top = java.lang.Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        java.lang.Thread[] all = new java.lang.Thread[top.activeCount() * 2 + 16];
        int count = top.enumerate(all, true);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < NAMES.length; k++) {
                if (NAMES[k].equals(all[i].getName())) {
                    return NUMBERS[k];
                }
            }
        }
        return 0;
    }
}
