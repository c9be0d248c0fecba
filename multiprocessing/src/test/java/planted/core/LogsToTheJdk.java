package planted.core;

import java.util.logging.Logger;

/** Logs through the JDK's own logging, by both of its names. */
public class LogsToTheJdk {
    void logs() {
        Logger.getLogger("planted").fine("not through slf4j");
    }

    void logsBySystem() {
        System.getLogger("planted").log(System.Logger.Level.DEBUG, "nor so");
    }
}
