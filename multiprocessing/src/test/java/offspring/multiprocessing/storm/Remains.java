package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import offspring.multiprocessing.internal.segment.Session;

/** What should not be there any more when the objects of this process are closed and its children gone. */
public final class Remains {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Remains() {}

    /** The children that are JVMs of the library. */
    public static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("ChildMain"))
                .toList();
    }

    /** The files in the session directory, but for those that stay as long as the session. */
    public static List<Path> files() {
        Session session = Session.existing();
        if (session == null) {
            return List.of();
        }
        String folder = session.folderOf(session.self()).getFileName().toString();
        Set<String> own = Set.of("owner", "about", "processes", folder, folder.replace("child-", "bell-"));
        return names(session.directory()).stream()
                .filter(name -> !own.contains(name) && !isOfTheSession(name))
                .map(session.directory()::resolve)
                .toList();
    }

    /** Rows of small objects, which are used again and stay until the session ends. */
    private static boolean isOfTheSession(String name) {
        return name.startsWith("cells-") || name.startsWith("flights-");
    }

    /** The names of the files in a directory. */
    public static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + directory, e);
        }
    }

    /**
     * What this process has open: files, pipes and sockets, without class files, which stay open once a class was loaded from there, and the
     * JDK's sources of random numbers, which stay open once one was needed. Only Linux shows a process its descriptors; elsewhere there are none.
     */
    public static List<String> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.map(Remains::what)
                    .filter(what -> !what.endsWith(".jar") && !what.endsWith("random") && !what.equals("gone"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + DESCRIPTORS, e);
        }
    }

    private static String what(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\[\\d+]", "");
        } catch (IOException e) {
            return "gone"; // closed meanwhile, as the one of this very list
        }
    }

    /** The threads of the library, but for the session's listener and the one that waits for the end of main: they live as long as this JVM. */
    public static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("offspring-"))
                .filter(thread -> !thread.getName().startsWith("offspring-bell"))
                .filter(thread -> !thread.getName().equals("offspring-watch of the main thread"))
                .toList();
    }

    /** The stacks of a JVM, as far as it still answers. */
    public static String stacksOf(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return "(no jcmd to ask process " + pid + " for its stacks)\n";
        }
        try {
            Path out = Files.createTempFile("offspring-stacks", ".txt");
            try {
                java.lang.Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print")
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
                if (!asking.waitFor(5, TimeUnit.SECONDS)) {
                    asking.destroyForcibly();
                }
                return "stacks of process " + pid + ":\n" + Files.readString(out);
            } finally {
                Files.delete(out);
            }
        } catch (IOException | InterruptedException e) {
            return "(no stacks of process " + pid + ": " + e + ")\n";
        }
    }

    /** The stacks of this JVM and of its children. */
    static String allStacks() {
        StringBuilder stacks =
                new StringBuilder(stacksOf(ProcessHandle.current().pid()));
        children().forEach(child -> stacks.append(stacksOf(child.pid())));
        return stacks.toString();
    }
}
