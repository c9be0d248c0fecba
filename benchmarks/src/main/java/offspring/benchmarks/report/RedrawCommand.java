package offspring.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offspring.benchmarks.Subcommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code redraw}. */
@Command(
        name = "redraw",
        description = "Draws the pages of a report again, from its results.json.",
        footer = {"", "Exit code 0: drawn; 2: wrong command line."})
public final class RedrawCommand extends Subcommand {

    @Option(names = "--in", paramLabel = "FILE", required = true, description = "The results.json of a report.")
    @SuppressWarnings("NullAway.Init") // required
    private Path in;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the pages go.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Option(
            names = "--readme",
            paramLabel = "FILE",
            description = "A text with a place for the short table of figures, to be filled in too.")
    private @Nullable Path readme;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(in)) {
            throw wrong("--in must name the results.json of a report, but " + in + " cannot be read");
        }
        Report report;
        try {
            report = Report.readFrom(in);
        } catch (IOException bad) {
            throw wrong("--in must name the results.json of a report, but in " + in + ": " + bad.getMessage());
        }
        new Pages(report, folder).write();
        if (readme != null) {
            fillIn(readme, new Digest(report));
        }
        return CommandLine.ExitCode.OK;
    }

    private void fillIn(Path text, Digest digest) {
        try {
            Files.writeString(text, digest.into(Files.readString(text)));
        } catch (IOException | IllegalArgumentException bad) {
            throw wrong("--readme cannot be filled in: " + bad.getMessage());
        }
    }
}
