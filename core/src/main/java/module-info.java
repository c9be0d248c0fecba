import org.jspecify.annotations.NullMarked;

/** Python's {@code threading} primitives: locks, semaphores, conditions, events, barriers, timers and threads. */
@NullMarked
module offspring.core {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports offspring.core;
    exports offspring.core.function;
}
