package offspring.queue.internal;

import org.jspecify.annotations.Nullable;

/**
 * A run of slots of a {@link FifoEngine}, linked to the run after it. A slot says nothing about whether an item is in
 * it, so that null is an item like any other: the engine's counts say which slots are in use.
 */
final class Segment {

    final @Nullable Object[] slots;

    /** The run after this one: written by the putter that fills this one's last slot, before it publishes that item. */
    @Nullable
    Segment next;

    Segment(int length) {
        slots = new @Nullable Object[length];
    }
}
