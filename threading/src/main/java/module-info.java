import org.jspecify.annotations.NullMarked;

/** Python's {@code threading} module. */
@NullMarked
module offspring.threading {
    requires transitive offspring.core;
    requires transitive offspring.queue;
    requires static transitive org.jspecify;

    exports offspring.threading;
}
