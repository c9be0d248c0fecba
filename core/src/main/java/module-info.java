import org.jspecify.annotations.NullMarked;

/** Python's {@code threading} primitives: locks, semaphores, conditions, events, barriers, timers and threads. */
@NullMarked
@SuppressWarnings("module") // the modules named in the qualified export are built after this one
module offspring.core {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports offspring.core;
    exports offspring.core.function;
    exports offspring.core.internal to
            offspring.queue,
            offspring.threading,
            offspring.multiprocessing;
}
