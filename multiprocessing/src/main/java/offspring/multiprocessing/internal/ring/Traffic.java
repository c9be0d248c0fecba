package offspring.multiprocessing.internal.ring;

import java.util.concurrent.atomic.AtomicLong;

/** How many messages, and how many bytes, this process has put into a ring or taken out. Counted by one thread at a time. */
public final class Traffic {

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Traffic() {}

    /** Called by the thread whose turn it is; a plain sum and an ordered store cost less than an atomic addition. */
    void count(long length) {
        messages.lazySet(messages.getPlain() + 1);
        bytes.lazySet(bytes.getPlain() + length);
    }

    /** How many messages. */
    public long messages() {
        return messages.get();
    }

    /** How many bytes they had. */
    public long bytes() {
        return bytes.get();
    }
}
