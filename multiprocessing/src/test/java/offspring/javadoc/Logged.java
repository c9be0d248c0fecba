package offspring.javadoc;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the examples log: they use {@link #log}. */
final class Logged implements AutoCloseable {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("examples");

    static final org.slf4j.Logger log = LOGGER;

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private Logged() {
        events.start();
        LOGGER.setAdditive(false); // what is expected need not be seen
        LOGGER.addAppender(events);
    }

    static Logged open() {
        return new Logged();
    }

    List<String> messages() {
        return List.copyOf(events.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        LOGGER.detachAppender(events);
        LOGGER.setAdditive(true);
    }
}
