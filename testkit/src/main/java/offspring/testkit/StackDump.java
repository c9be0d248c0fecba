package offspring.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The stacks of all threads as text: what a test leaves behind when it passes its deadline. */
public final class StackDump {

    private static final int LIMIT = 200_000;

    private StackDump() {}

    /** The stacks of all threads, the virtual ones among them where the JVM has them. */
    public static String all() {
        return Runtime.version().feature() >= 21 ? withVirtualThreads() : platformThreads();
    }

    private static String platformThreads() {
        StringBuilder text = new StringBuilder("stacks of all threads:\n");
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            text.append(describe(entry.getKey())).append('\n');
            for (StackTraceElement frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }

    /** The diagnostic bean of JDK 21 and later writes a file; it is the only door to virtual threads. */
    private static String withVirtualThreads() {
        try {
            Path folder = Files.createTempDirectory("offspring-stacks");
            Path file = folder.resolve("threads.txt");
            try {
                dumpTo(file);
                String text = Files.readString(file);
                return text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "\n... and more";
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException | ReflectiveOperationException e) {
            return "(no dump with virtual threads: " + e + ")\n" + platformThreads();
        }
    }

    private static void dumpTo(Path file) throws IOException, ReflectiveOperationException {
        Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
        Class<?> format = Class.forName("com.sun.management.HotSpotDiagnosticMXBean$ThreadDumpFormat");
        Method dump = type.getMethod("dumpThreads", String.class, format);
        Object bean =
                ManagementFactory.getPlatformMXBean(type.asSubclass(java.lang.management.PlatformManagedObject.class));
        Object plain = format.getMethod("valueOf", String.class).invoke(null, "TEXT_PLAIN");
        try {
            dump.invoke(bean, file.toString(), plain);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
    }

    private static String describe(Thread thread) {
        return "\"" + thread.getName() + "\"" + (thread.isDaemon() ? " daemon " : " ") + thread.getState();
    }
}
