package offspring.multiprocessing.internal.launch.options;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The largest heap of each worker of a pool, where the user has not said any: so that the heaps of all workers and of this JVM fit into
 * the memory of the machine, or of the container.
 *
 * <pre>
 *   ├── heap of this JVM ──┼── worker ──┼── worker ──┼ … ┼── worker ──┼── an eighth: what JVMs need besides ──┤
 *   0                                                                                                    memory
 * </pre>
 *
 * <p>A JVM takes up to a quarter of the memory if nobody tells it anything else. A worker never gets more than that, nor less than
 * {@value #LEAST_MEGABYTES} megabytes, with which little can be done.
 */
public final class HeapShare {

    private static final long MEGABYTE = 1L << 20;
    private static final long LEAST_MEGABYTES = 64;

    /** A JVM takes this, if it is no more than half of the memory, where a quarter would be less. */
    private static final long SMALL_MACHINE = 124 * MEGABYTE;

    /** With so many workers and a parent of a quarter each, an eighth of the memory stays free. */
    private static final int FEW = 2;

    private static final String[] SIZES = {
        "-Xmx",
        "-mx",
        "-XX:MaxHeapSize=",
        "-XX:MaxRAM=",
        "-XX:MaxRAMPercentage=",
        "-XX:MaxRAMFraction=",
        "-XX:MinRAMPercentage="
    };

    private static final String LARGEST = "-Xmx";
    private static final String[] FIRST = {"-Xms", "-XX:InitialHeapSize="};
    private static final String LIMIT = "-XX:MaxRAM=";

    private HeapShare() {}

    /**
     * The option that gives a worker its share; null if it needs none, since the user has decided, the JVM's own default is as good, or
     * the memory is not known.
     *
     * @param jvmArgs the user's options for each worker
     * @param environment what the user adds to the environment of each worker
     * @param workers how many there may be
     */
    public static @Nullable String option(List<String> jvmArgs, Map<String, String> environment, int workers) {
        List<String> ofThisJvm = Inheritance.allOf(OwnOptions.list(), Map.of());
        if (sizesHeap(jvmArgs, environment)
                || (workers <= FEW && !ofThisJvm.stream().anyMatch(HeapShare::isSize))) {
            return null;
        }
        long memory = memory(ofThisJvm);
        if (memory <= 0) {
            Logs.of(HeapShare.class)
                    .debug(
                            "the memory is not known without the module jdk.management; workers take what the JVM gives them");
            return null;
        }
        long own = Runtime.getRuntime().maxMemory();
        long share = share(memory, own, workers);
        if (share * workers > room(memory, own)) {
            Logs.of(HeapShare.class)
                    .warn(
                            "{} workers do not fit into {} MB of memory beside this JVM, whose heap may take {} MB; each may"
                                    + " take {} MB. Give them a maxHeap, or have fewer workers",
                            workers,
                            memory / MEGABYTE,
                            own / MEGABYTE,
                            share / MEGABYTE);
        }
        boolean isTold = Inheritance.allOf(List.of(), Map.of()).stream().anyMatch(HeapShare::isSize);
        return share >= usual(memory) && !isTold ? null : LARGEST + share / MEGABYTE + "m";
    }

    /**
     * The options that keep the heap that a child begins with from being larger than it may become: the one may stand in {@code
     * JAVA_TOOL_OPTIONS}, for all JVMs, the other be chosen for this child; a JVM refuses that.
     */
    public static List<String> fitting(List<String> jvmArgs, Map<String, String> environment) {
        long largest = 0;
        for (String option : jvmArgs) {
            largest = option.startsWith(LARGEST) ? Sizes.bytes(option.substring(LARGEST.length())) : largest;
            if (first(option) > 0) {
                return List.of();
            }
        }
        long first = 0;
        for (String option : Inheritance.allOf(List.of(), environment)) {
            first = Math.max(first, first(option));
        }
        return largest > 0 && first > largest ? List.of(FIRST[0] + largest) : List.of();
    }

    private static long first(String option) {
        for (String beginning : FIRST) {
            if (option.startsWith(beginning)) {
                return Sizes.bytes(option.substring(beginning.length()));
            }
        }
        return 0;
    }

    private static boolean sizesHeap(List<String> jvmArgs, Map<String, String> environment) {
        boolean sizes = jvmArgs.stream().anyMatch(option -> isSize(option) || first(option) > 0);
        for (String text : environment.values()) {
            sizes = sizes
                    || OptionText.split(text).stream()
                            .anyMatch(option -> isSize(option.meant()) || first(option.meant()) > 0);
        }
        return sizes;
    }

    private static boolean isSize(String option) {
        for (String beginning : SIZES) {
            if (option.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The bytes for the heap of each worker.
     *
     * @param memory of the machine or container
     * @param own the largest heap of this JVM
     */
    static long share(long memory, long own, int workers) {
        long even = room(memory, own) / workers;
        long least = Math.min(LEAST_MEGABYTES * MEGABYTE, memory / 2);
        return Math.max(least, Math.min(even, usual(memory)));
    }

    private static long room(long memory, long own) {
        return Math.max(0, memory - memory / 8 - own);
    }

    /** What a JVM takes at most by itself. */
    static long usual(long memory) {
        return Math.max(memory / 4, Math.min(memory / 2, SMALL_MACHINE));
    }

    /** The bytes of memory that there are for this JVM; 0 if that is not known. */
    private static long memory(List<String> ofThisJvm) {
        long memory;
        try {
            memory = Management.memory();
        } catch (NoClassDefFoundError noSuchModule) {
            memory = 0;
        }
        for (String option : ofThisJvm) {
            long limit = option.startsWith(LIMIT) ? Sizes.bytes(option.substring(LIMIT.length())) : 0;
            if (limit > 0) {
                memory = memory == 0 ? limit : Math.min(memory, limit);
            }
        }
        return memory;
    }

    /** Of the module {@code jdk.management}. */
    private static final class Management {

        static long memory() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? system.getTotalMemorySize()
                    : 0;
        }
    }
}
