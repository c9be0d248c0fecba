package offspring.benchmarks.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import offspring.benchmarks.Subcommand;
import offspring.benchmarks.compare.Outcome;
import offspring.benchmarks.compare.PythonPrograms;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.curves.GrowthSuite;
import offspring.benchmarks.curves.Scale;
import offspring.benchmarks.curves.SpeedupSuite;
import offspring.benchmarks.jmh.suites.JmhFigure;
import offspring.benchmarks.jmh.suites.JmhRuns;
import offspring.benchmarks.jmh.suites.JmhSuite;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code report}. */
@Command(
        name = "report",
        description = "Measures everything and writes the page, its pictures and results.json.",
        footer = {
            "",
            "Exit code 0: every figure was measured; 1: something failed, the rest is written; 2: wrong command line."
        })
public final class ReportCommand extends Subcommand {

    @Option(names = "--quick", description = "Few and short rounds: for looking, not for quoting.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "docs/benchmarks",
            description = "Where everything goes: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path folder;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "How to start CPython: ${DEFAULT-VALUE}.")
    private String python = "python3";

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "Only rows and pictures with a part of their id like this; all by default.")
    private String only = "";

    @Option(
            names = "--update",
            description =
                    "Keeps what the results.json of the folder has, but for what is measured now, on the same machine.")
    private boolean update;

    @Override
    public Integer call() throws Exception {
        Pattern wanted = wanted();
        createFolder();
        Report old = update ? old() : null;
        PrintWriter log = out();
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        Outcome outcome = Outcome.measure(
                new Outcome.Plan(wanted, scale.rounds(), scale.turn(), scale.warmUpOfRows(), python), log, err());
        List<String> failures = new ArrayList<>(outcome.failures());
        List<Curve> curves;
        try (PythonPrograms rivals = PythonPrograms.open(python)) {
            curves = curves(scale, wanted.asPredicate(), rivals, failures);
        }
        List<JmhFigure> jmh = jmh(wanted.asPredicate(), failures);
        Report measured = new Report(
                Machine.here(outcome.python()), quick, scale.rounds(), outcome.standings(), curves, jmh, failures);
        Report report = old == null ? measured : old.updatedBy(measured);
        report.writeTo(folder.resolve("results.json"));
        new Pages(report, folder).write();
        log.println("Written: " + folder.toAbsolutePath().normalize());
        log.flush();
        return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Curve> curves(Scale scale, Predicate<String> wanted, PythonPrograms rivals, List<String> failures)
            throws InterruptedException {
        Map<String, Callable<List<Curve>>> parts = new LinkedHashMap<>();
        parts.putAll(new GrowthSuite(scale, rivals, out()).parts(wanted));
        parts.putAll(new SpeedupSuite(scale, out()).parts(wanted));
        return measured(parts, failures);
    }

    private List<JmhFigure> jmh(Predicate<String> wanted, List<String> failures) throws InterruptedException {
        JmhRuns runs = new JmhRuns(quick, out());
        Map<String, Callable<List<JmhFigure>>> parts = new LinkedHashMap<>();
        for (JmhSuite suite : JmhSuite.values()) {
            if (wanted.test(suite.id())) {
                parts.put(suite.id(), () -> runs.measure(suite));
            }
        }
        return measured(parts, failures);
    }

    /** A part that fails costs its own picture, not those of the others. */
    private <T> List<T> measured(Map<String, Callable<List<T>>> parts, List<String> failures)
            throws InterruptedException {
        List<T> found = new ArrayList<>();
        for (Map.Entry<String, Callable<List<T>>> part : parts.entrySet()) {
            try {
                found.addAll(part.getValue().call());
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception failure) {
                failures.add(part.getKey() + ": " + failure);
                err().println("FAILED " + part.getKey());
                failure.printStackTrace(err());
            }
        }
        return found;
    }

    private Pattern wanted() {
        try {
            return Pattern.compile(only);
        } catch (PatternSyntaxException bad) {
            throw wrong("--only must be a regular expression, but '" + only + "' is not: " + bad.getDescription());
        }
    }

    /** What is to be updated, if it is of a machine like this one. */
    private Report old() throws IOException, InterruptedException {
        Path file = folder.resolve("results.json");
        Report old;
        try {
            old = Report.readFrom(file);
        } catch (IOException bad) {
            throw wrong("--update needs the results.json of a report, but " + file + " is none: " + bad.getMessage());
        }
        Machine here;
        try (PythonPrograms rivals = PythonPrograms.open(python)) {
            here = Machine.here(rivals.version());
        }
        if (old.quick() != quick || !old.machine().isLike(here)) {
            throw wrong("--update mixes only figures of one machine, JVM and length: those of " + file + " are "
                    + (old.quick() ? "quick ones " : "") + "of " + old.machine() + ", this is " + here);
        }
        return old;
    }

    /** Fails before minutes of measuring, not after. */
    private void createFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException bad) {
            throw wrong("--out must name a folder that can be made, but " + folder + " cannot: " + bad.getMessage());
        }
        if (!Files.isWritable(folder)) {
            throw wrong("--out must name a folder that can be written, but is " + folder);
        }
    }
}
