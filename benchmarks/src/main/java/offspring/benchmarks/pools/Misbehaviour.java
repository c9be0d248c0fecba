package offspring.benchmarks.pools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offspring.benchmarks.pools.Misdeed.Folder;

/** A table of what each library does about each misdeed, by doing it. */
final class Misbehaviour {

    /** A misdeed waits at most for the start, and for three things for the limit each. */
    private static final int MOST_LIMITS = 4;

    private final Duration limit;

    Misbehaviour(Duration limit) {
        this.limit = limit;
    }

    /** Does all of it and prints the table in Markdown, line by line. */
    void print(PrintWriter out) throws IOException, InterruptedException {
        List<Library> libraries = List.of(Library.values());
        line(out, "a task …", libraries.stream().map(Library::title));
        out.println("|---".repeat(libraries.size() + 1) + "|");
        for (Misdeed misdeed : Misdeed.values()) {
            List<String> cells = new ArrayList<>();
            for (Library library : libraries) {
                cells.add(commit(library, misdeed));
            }
            line(out, misdeed.title(), cells.stream());
        }
    }

    private static void line(PrintWriter out, String first, Stream<String> cells) {
        out.println(Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |")));
        out.flush();
    }

    private String commit(Library library, Misdeed misdeed) throws IOException, InterruptedException {
        Path path = Files.createTempDirectory("offspring-misdeed");
        try {
            Folder folder = new Folder(path.toString());
            Process parent = start(library, misdeed, folder);
            try {
                return misdeed == Misdeed.ORPHAN ? orphan(parent, folder) : verdict(parent, folder);
            } finally {
                parent.descendants().forEach(ProcessHandle::destroyForcibly);
                parent.destroyForcibly();
                parent.waitFor();
            }
        } finally {
            delete(path);
        }
    }

    private Process start(Library library, Misdeed misdeed, Folder folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Misdeed.class.getName(),
                        library.name(),
                        misdeed.name(),
                        folder.path(),
                        String.valueOf(limit.toNanos() / 1e9))
                .redirectErrorStream(true)
                .redirectOutput(folder.file("log").toFile())
                .start();
    }

    private String verdict(Process parent, Folder folder) throws IOException, InterruptedException {
        Duration most = Misdeed.START.plus(limit.multipliedBy(MOST_LIMITS));
        if (!parent.waitFor(most.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("no verdict within " + most + "; the parent's words: " + log(folder));
        }
        if (!Files.exists(folder.file(Folder.VERDICT))) {
            throw new IOException("the parent ended without a verdict; its words: " + log(folder));
        }
        return Files.readString(folder.file(Folder.VERDICT));
    }

    private String orphan(Process parent, Folder folder) throws IOException, InterruptedException {
        ProcessHandle child;
        try {
            child = folder.awaitChild(Misdeed.START);
        } catch (IOException notBegun) {
            throw new IOException(notBegun.getMessage() + "; the parent's words: " + log(folder), notBegun);
        }
        long start = System.nanoTime();
        parent.destroyForcibly();
        try {
            return "the child " + Watch.awaitEnd(child, start, limit);
        } finally {
            child.destroyForcibly();
        }
    }

    private static String log(Folder folder) throws IOException {
        return Files.readString(folder.file("log"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
