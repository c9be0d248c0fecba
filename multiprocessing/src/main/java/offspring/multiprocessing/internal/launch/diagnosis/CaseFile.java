package offspring.multiprocessing.internal.launch.diagnosis;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What is done for one child, so that a person can find out what is wrong with it: from before its start until it is buried.
 *
 * <pre>
 *   KEEP/Process-1-4711/         where files are kept: the child's name and pid
 *     process.txt                who it was, when it began and ended, and how; its command, line by line
 *     stdout.txt, stderr.txt     what it printed, where that went through its parent
 *     arguments, crash.log       what was in its own folder
 * </pre>
 *
 * <p>Nothing here keeps a child from running or from being buried: what cannot be written costs a warning.
 */
public final class CaseFile {

    private static final String REPORT = "process.txt";

    private final String name;
    private final Diagnostics wanted;
    private final int port;
    private volatile @Nullable Path kept;

    private CaseFile(String name, Diagnostics wanted, int port) {
        this.name = name;
        this.wanted = wanted;
        this.port = port;
    }

    /**
     * For a child that is about to be started.
     *
     * @throws IOException if there is no port for its debugger, or no directory for what is to be kept
     */
    public static CaseFile open(String name, Diagnostics wanted) throws IOException {
        make("heap dumps", wanted.heapDumps());
        make("files of processes", wanted.keepFiles());
        Diagnostics.Debug debug = wanted.debug();
        return new CaseFile(name, wanted, debug == null ? 0 : DebugPorts.take(debug.port()));
    }

    private static void make(String what, @Nullable Path directory) throws IOException {
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new IOException("the directory " + directory + " for " + what + " cannot be made: " + e, e);
        }
    }

    /** The options that the child's JVM needs for it. */
    public List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>();
        Diagnostics.Debug debug = wanted.debug();
        if (debug != null) {
            // quiet: else the JVM would say on the child's standard output where it listens
            arguments.add("-agentlib:jdwp=transport=dt_socket,server=y,quiet=y,suspend=" + (debug.suspend() ? "y" : "n")
                    + ",address=" + DebugPorts.host().getHostAddress() + ":" + port);
        }
        if (wanted.heapDumps() != null) {
            arguments.add("-XX:+HeapDumpOnOutOfMemoryError");
            arguments.add("-XX:HeapDumpPath=" + wanted.heapDumps());
        }
        return arguments;
    }

    /** The child has been started. */
    public void started(long pid, List<String> command) {
        Diagnostics.Debug debug = wanted.debug();
        if (debug != null) {
            tell(debug, pid);
        }
        Path place = wanted.keepFiles();
        if (place != null) {
            try {
                Path folder = Files.createDirectories(place.resolve(name.replaceAll("[^\\w.-]", "_") + "-" + pid));
                Files.writeString(
                        folder.resolve(REPORT),
                        "process " + name + "\npid " + pid + "\nparent "
                                + ProcessHandle.current().pid() + "\nstarted " + Instant.now() + "\ncommand\n  "
                                + String.join("\n  ", command) + "\n");
                kept = folder;
            } catch (IOException e) {
                log().warn("the files of {} cannot be kept in {}", name, place, e);
            }
        }
    }

    private void tell(Diagnostics.Debug debug, long pid) {
        String who = "process " + name + ", pid " + pid + (debug.suspend() ? ", which waits for it" : "");
        log().info("a debugger can attach at port {} to {}", port, who);
        if (debug.listener() == null) {
            // in the words of the JVM, by which development environments know where to attach
            System.err.println("Listening for transport dt_socket at address: " + port + " (" + who + ")");
            return;
        }
        try {
            debug.listener().accept(name, port);
        } catch (RuntimeException e) {
            log().warn("the listener to debug ports failed at {}", who, e);
        }
    }

    /** Lets lines that the child prints be kept, too. */
    public Consumer<String> keeping(String stream, Consumer<String> lines) {
        return wanted.keepFiles() == null ? lines : new Keeper(stream + ".txt", lines);
    }

    /** Belongs to the one thread that reads the stream. Each line is on the disk before it is handed on, whatever becomes of this JVM. */
    private final class Keeper implements Consumer<String> {

        private final String file;
        private final Consumer<String> lines;

        Keeper(String file, Consumer<String> lines) {
            this.file = file;
            this.lines = lines;
        }

        @Override
        public void accept(String line) {
            Path folder = kept;
            if (folder != null) {
                try (Writer out = Files.newBufferedWriter(
                        folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                    out.append(line).append('\n');
                } catch (IOException e) {
                    log().debug("a line of {} is not kept", name, e);
                }
            }
            lines.accept(line);
        }
    }

    /** Where the child's files are kept; null if they are not. */
    public @Nullable Path kept() {
        return kept;
    }

    /** The child has ended; its folder is still there. */
    public void ended(int code, Path ownFolder) {
        Path folder = kept;
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ownFolder)) {
            Files.writeString(
                    folder.resolve(REPORT),
                    "ended " + Instant.now() + "\nexit code " + code + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    Files.copy(
                            file, folder.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            log().warn("not all files of {} are kept in {}", name, folder, e);
        }
    }

    /** The child is gone, or was never started: its port is free again. */
    public void close() {
        if (port != 0) {
            DebugPorts.release(port);
        }
    }

    private static Logger log() {
        return Logs.of(CaseFile.class);
    }
}
