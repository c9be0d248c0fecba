package offspring.examples.speedup;

import java.io.Console;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody is looking. */
public final class Terminal {

    private Terminal() {}

    /**
     * Whether standard error is a terminal. Where the system lists a process's files, by what stands there; elsewhere by
     * the JVM's console, which knows of standard input and output only.
     *
     * @return whether it is one
     */
    public static boolean isStandardError() {
        Path stderr = Path.of("/proc/self/fd/2");
        if (Files.isSymbolicLink(stderr)) {
            try {
                String device = Files.readSymbolicLink(stderr).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
            } catch (IOException unreadable) {
                return false; // no bar is always harmless
            }
        }
        return isTerminal(System.console());
    }

    /** From JDK 22 on there is always a console, and it says itself whether it is a terminal. */
    private static boolean isTerminal(@org.jspecify.annotations.Nullable Console console) {
        if (console == null) {
            return false;
        }
        MethodHandle isTerminal;
        try {
            isTerminal = MethodHandles.publicLookup()
                    .findVirtual(Console.class, "isTerminal", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException olderJdk) {
            return true;
        }
        try {
            return (boolean) isTerminal.invoke(console);
        } catch (Throwable failure) {
            throw new IllegalStateException("Console.isTerminal() failed", failure);
        }
    }
}
