package offspring.examples.chat;

import offspring.core.function.CheckedRunnable;

/** What a console program does when it is told to end before its time; forgotten when it is closed. */
final class AtCtrlC implements AutoCloseable {

    private final Thread hook;

    AtCtrlC(CheckedRunnable work) {
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
