package planted.core;

import java.util.logging.Logger;

/** Logs through the JDK's own logging. */
public class LogsToTheJdk {
    void logs() {
        Logger.getLogger("planted").fine("not through slf4j");
    }
}
