package offspring.multiprocessing.internal.pool.worker;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Reads what the JVM knows of its memory. Loaded when somebody asks for the first time, since it brings a good part of the JVM's management
 * with it; a JVM that has no such modules knows less.
 */
final class Gauge {

    private static final long UNKNOWN = -1;

    private Gauge() {}

    /** The gauges; the allocations are those of one thread. */
    static WorkerWords.Gauges read(java.lang.Thread worker) {
        Runtime runtime = Runtime.getRuntime();
        return new WorkerWords.Gauges(gcMillis(), allocatedBy(worker), runtime.totalMemory() - runtime.freeMemory());
    }

    private static long gcMillis() {
        try {
            return Collections.millis();
        } catch (NoClassDefFoundError noSuchModule) {
            return UNKNOWN;
        }
    }

    @SuppressWarnings("deprecation") // Thread.threadId() is not there before JDK 19
    private static long allocatedBy(java.lang.Thread worker) {
        try {
            return Allocations.by(worker.getId());
        } catch (NoClassDefFoundError noSuchModule) {
            return UNKNOWN;
        }
    }

    /** Of the module {@code java.management}. */
    private static final class Collections {

        static long millis() {
            long millis = 0;
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                millis += Math.max(0, collector.getCollectionTime());
            }
            return millis;
        }
    }

    /** Of the module {@code jdk.management}. */
    private static final class Allocations {

        static long by(long id) {
            return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                            && threads.isThreadAllocatedMemorySupported()
                            && threads.isThreadAllocatedMemoryEnabled()
                    ? threads.getThreadAllocatedBytes(id)
                    : UNKNOWN;
        }
    }
}
