package offspring.multiprocessing;

import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The facts about processes that are told at DEBUG once somebody wants to know, as in Python: to slf4j since the logger was asked for, to
 * standard error since that was asked for. Before, the logging system is not even loaded: a child pays for what it loads.
 */
final class ProcessLog {

    static final String NAME = "offspring.multiprocessing";

    private static volatile @Nullable Logger logger;
    private static volatile boolean toStderr;

    private ProcessLog() {}

    static Logger logger() {
        Logger mine = logger;
        if (mine == null) {
            mine = Logs.of(NAME);
            logger = mine;
        }
        return mine;
    }

    static boolean isToStderr() {
        return toStderr;
    }

    static void toStderr() {
        toStderr = true;
    }

    static void started(Process process, long pid) {
        if (isHeard()) {
            tell("started " + process.name() + ", pid " + pid);
        }
    }

    static void ended(Process process, long pid, int exitCode) {
        if (isHeard()) {
            tell(process.name() + ", pid " + pid + ", ended with exit code " + exitCode);
        }
    }

    private static boolean isHeard() {
        return toStderr || logger != null;
    }

    /** On standard error like Python's handler: {@code [LEVEL/ProcessName] message}, in one call, so that lines stay whole. */
    static void tell(String message) {
        Logger mine = logger;
        if (mine != null) {
            mine.debug(message);
        }
        if (toStderr) {
            System.err.println("[DEBUG/" + Multiprocessing.currentProcess().name() + "] " + message);
        }
    }
}
