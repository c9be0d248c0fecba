package offspring.examples;

import offspring.core.function.CheckedRunnable;

/** What a program does when it is told to end before its time; forgotten when it is closed. */
public final class AtCtrlC implements AutoCloseable {

    private final Thread hook;

    /**
     * Has something done from here on.
     *
     * @param work what to do when the JVM is told to end; other things end meanwhile, child processes among them
     */
    public AtCtrlC(CheckedRunnable work) {
        hook = new Thread(work, "at Ctrl-C");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException tooLate) {
            // the program is being told to end, and the work is done
        }
    }
}
