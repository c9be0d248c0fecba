package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Signals that the JDK does not send. */
public final class Signals {

    private Signals() {}

    /**
     * Sends a signal.
     *
     * @param pid to whom
     * @param signal its name without SIG
     * @return whether there was somebody to send it to
     */
    public static boolean send(long pid, String signal) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /**
     * Whether all threads of a process stand, after a SIGSTOP; only Linux shows that.
     *
     * @param pid which process
     */
    public static boolean isStopped(long pid) {
        Path threads = threads(pid);
        if (!Files.isDirectory(threads)) {
            return false;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(thread -> stateOf(thread) == 'T');
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    /** Whether the system shows the threads of a process. */
    public static boolean canTell(long pid) {
        return Files.isDirectory(threads(pid));
    }

    private static Path threads(long pid) {
        return Path.of("/proc", Long.toString(pid), "task");
    }

    private static char stateOf(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'T'; // a thread that has ended meanwhile
        }
    }
}
