package offspring.core.internal;

import java.util.Objects;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the loggers of the library come from.
 *
 * <p>They are looked for when there is something to log, which may be the first time in this JVM, and by several threads at
 * once. slf4j gives those that come while another one is looking for the provider a logger that keeps what is logged for
 * later, and writes a warning about it to standard error. So the first of our threads looks, and the others wait for it.
 */
public final class Logs {

    private Logs() {}

    /** The logger named after the class that logs. */
    public static Logger of(Class<?> type) {
        return of(type.getName());
    }

    /** The logger of the name. */
    public static Logger of(String name) {
        Objects.requireNonNull(First.LOOK); // not asked for the logger: a thread of the program may be looking just now
        return LoggerFactory.getLogger(name);
    }

    /** Initialized by one thread; the JVM lets the others wait. */
    private static final class First {

        static final ILoggerFactory LOOK = LoggerFactory.getILoggerFactory();
    }
}
