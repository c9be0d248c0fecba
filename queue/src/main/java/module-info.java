import org.jspecify.annotations.NullMarked;

/** Python's {@code queue} module. */
@NullMarked
module offspring.queue {
    requires transitive offspring.core;
    requires static transitive org.jspecify;

    exports offspring.queue;
}
