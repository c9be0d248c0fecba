package offspring.core.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the operating system calls the calling thread. */
public final class NativeIds {

    private static final Path SELF = Path.of("/proc/thread-self");

    private NativeIds() {}

    /**
     * The number of the calling thread, read from Linux' {@code /proc/thread-self}, a link to {@code PID/task/TID}. Empty
     * on other platforms, where {@code /proc} is not mounted, and for a virtual thread, whose carrier may change.
     */
    public static OptionalLong current() {
        if (VirtualThreads.isVirtual(Thread.currentThread())) {
            return OptionalLong.empty();
        }
        try {
            Path task = Files.readSymbolicLink(SELF).getFileName();
            return task == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(task.toString()));
        } catch (IOException | UnsupportedOperationException | NumberFormatException noSuchLink) {
            return OptionalLong.empty();
        }
    }
}
