package planted.core;

import org.slf4j.LoggerFactory;

/** Looks for a logger by itself, perhaps while another thread does the same. */
public class LooksForALogger {
    void looks() {
        LoggerFactory.getLogger(LooksForALogger.class).debug("found");
    }
}
