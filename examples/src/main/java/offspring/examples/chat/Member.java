package offspring.examples.chat;

import java.io.IOException;
import java.time.Duration;
import offspring.core.Thread;
import offspring.queue.FullException;
import offspring.queue.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A user as the server sees it: the line, and a thread that sends what is in the user's queue, so that a slow reader makes nobody wait.
 * The thread that receives is the server's.
 */
final class Member {

    /** So many messages may wait for a slow reader, who is thrown out at the next one. */
    private static final int PATIENCE = 1_000;

    /** How long the end of a line waits for somebody who does not read what was said before. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final String name;
    private final Line line;
    private final Queue<@Nullable Message> outbox = new Queue<>(PATIENCE);
    private final Thread sender;

    Member(String name, Line line) {
        this.name = name;
        this.line = line;
        this.sender = Thread.builder()
                .target(this::send)
                .name("sender to " + name)
                .daemon(true)
                .build();
    }

    String name() {
        return name;
    }

    void start() {
        sender.start();
    }

    /** Does not wait. */
    void tell(Message message) {
        try {
            outbox.putNowait(message);
        } catch (FullException tooSlow) {
            line.close(); // the thread that receives notices it
        }
    }

    /** Sends what is still in the queue, then ends the line. May be repeated. */
    @SuppressWarnings("NullAway") // null is a legal item of a queue
    void end() throws InterruptedException {
        try {
            outbox.putNowait(null);
        } catch (FullException tooSlow) {
            line.close(); // the next send fails
        }
        if (!sender.join(LAST_WORDS)) {
            line.close();
            sender.join();
        }
    }

    private void send() throws InterruptedException {
        try (line) {
            for (Message message = outbox.get(); message != null; message = outbox.get()) {
                line.send(message);
            }
        } catch (IOException broken) {
            // closes the line: the thread that receives notices it
        }
    }
}
