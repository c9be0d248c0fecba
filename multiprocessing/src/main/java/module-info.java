import org.jspecify.annotations.NullMarked;

/**
 * Python's {@code multiprocessing}: child JVMs, and what parent and children share.
 *
 * @provides offspring.futures.Parallel.Provider on child JVMs, before threads
 */
@NullMarked
module offspring.multiprocessing {
    requires static transitive org.jspecify;
    requires transitive offspring.core;
    requires transitive offspring.queue;
    requires transitive offspring.threading;
    requires transitive org.slf4j;
    // what workers tell of their memory, where the JVM has it
    requires static java.management;
    requires static jdk.management;

    exports offspring.multiprocessing;
    exports offspring.multiprocessing.connection;
    exports offspring.multiprocessing.sharedmemory;

    provides offspring.futures.Parallel.Provider with
            offspring.multiprocessing.ProcessesForParallel;
}
