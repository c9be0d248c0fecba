package offspring.benchmarks.startup;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import offspring.benchmarks.Subcommand;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code startup}: where the time of a start goes, without and with the class archive. */
@Command(name = "startup", description = "Measures the steps of a child from its start to its end.")
public final class StartupCommand extends Subcommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_ROUNDS = 10_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "15",
            description = "How many children of each kind: ${DEFAULT-VALUE}. They take turns.")
    private int rounds;

    /** One column: a kind of child, started with or without the archive. */
    private record Column(String title, Steps steps, boolean sends, boolean archive) {}

    @Override
    public Integer call() throws Exception {
        count("--rounds", rounds, MOST_ROUNDS);
        Path folder = Files.createTempDirectory("offspring-startup");
        try {
            System.setProperty(
                    "offspring.cacheDirectory", folder.resolve("cache").toString());
            boolean archive = makeArchive(folder.resolve("cache"));
            List<Column> columns = new ArrayList<>();
            for (boolean sends : new boolean[] {false, true}) {
                columns.add(new Column("plain", steps(sends), sends, false));
                if (archive) {
                    columns.add(new Column("archive", steps(sends), sends, true));
                }
            }
            for (int i = 0; i < rounds; i++) {
                for (Column column : columns) {
                    column.steps.add(run(column, null));
                    Path log = Files.createTempFile(folder, "classes", ".log");
                    column.steps.add(log, run(column, log));
                }
            }
            print(columns, archive);
            StandbyStarts.print(out(), rounds);
            return CommandLine.ExitCode.OK;
        } finally {
            remove(folder);
        }
    }

    private static Steps steps(boolean sends) {
        return sends ? Steps.sending() : Steps.sharingNothing();
    }

    /** Starts children until the library has made its archive; false if it makes none for this class path. */
    private static boolean makeArchive(Path cache) throws Exception {
        Column column = new Column("", Steps.sharingNothing(), false, true);
        run(column, null);
        run(column, null);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.isDirectory(cache) && System.nanoTime() - deadline < 0) {
            try (Stream<Path> files = Files.list(cache)) {
                if (files.anyMatch(file -> file.toString().endsWith(".jsa")
                        && !file.getFileName().toString().startsWith("making-"))) {
                    return true;
                }
            }
            Thread.sleep(50);
        }
        return false;
    }

    /** Runs one child; its time from the call of {@code start} to the return of {@code join}. */
    private static long run(Column column, @Nullable Path log) throws Exception {
        ProcessOptions.Builder options = ProcessOptions.builder().classArchive(column.archive);
        if (log != null) {
            options.jvmArgs(Steps.logTo(log));
        }
        try (Pipe pipe = Pipe.oneWay()) {
            CheckedRunnable target = column.sends ? StartupChild.sending(pipe.second()) : StartupChild.sharingNothing();
            Process child =
                    Process.builder().target(target).options(options.build()).build();
            long start = System.nanoTime();
            child.start();
            child.join();
            long nanos = System.nanoTime() - start;
            if (child.exitcode().orElseThrow() != 0) {
                throw new IllegalStateException("a child ended with code " + child.exitcode());
            }
            return nanos;
        }
    }

    private void print(List<Column> columns, boolean archive) {
        PrintWriter out = out();
        out.printf("JDK %s, medians of %d children of each kind, ms%n", Runtime.version(), rounds);
        if (!archive) {
            out.println("No class archive: the class path has directories, or this JVM makes none.");
        }
        int width = archive ? 2 : 1;
        table(out, "A child that shares nothing", columns.subList(0, width));
        table(out, "A child that sends a message", columns.subList(width, 2 * width));
        out.flush();
    }

    private static void table(PrintWriter out, String title, List<Column> columns) {
        out.printf("%n%-58s", title);
        columns.forEach(column -> out.printf("%10s", column.title));
        Steps steps = columns.get(0).steps;
        for (int i = 0; i < steps.count(); i++) {
            int step = i;
            out.printf("%n%-58s", steps.title(i));
            columns.forEach(column -> out.printf("%10.1f", column.steps.millis(step)));
        }
        out.printf("%n%-58s", "all, without the log of steps");
        columns.forEach(column -> out.printf("%10.1f", column.steps.totalMillis()));
        out.println();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
