import org.jspecify.annotations.NullMarked;

/**
 * Python's {@code threading} and {@code concurrent.futures} modules.
 *
 * @uses offspring.futures.Parallel.Provider to find where calls run that name no executor
 * @provides offspring.futures.Parallel.Provider on threads
 */
@NullMarked
module offspring.threading {
    requires transitive offspring.core;
    requires transitive offspring.queue;
    requires static transitive org.jspecify;
    requires static me.tongfei.progressbar;
    requires org.slf4j;

    exports offspring.threading;
    exports offspring.futures;
    exports offspring.futures.engine;

    uses offspring.futures.Parallel.Provider;

    provides offspring.futures.Parallel.Provider with
            offspring.threading.ThreadsForParallel;
}
