package offspring.benchmarks.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import offspring.benchmarks.compare.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code report}. */
@Command(
        name = "report",
        description = "Measures everything and writes the page, its pictures and results.json.",
        footer = {
            "",
            "Exit code 0: every figure was measured; 1: something failed, the rest is written; 2: wrong command line."
        })
public final class ReportCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--quick", description = "Few and short rounds: for looking, not for quoting.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "docs/benchmarks",
            description = "Where everything goes: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path out;

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

    @Override
    public Integer call() throws Exception {
        Pattern wanted = wanted();
        createFolder();
        PrintWriter log = spec.commandLine().getOut();
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        Outcome outcome = Outcome.measure(
                new Outcome.Plan(wanted, scale.rounds(), scale.turn(), scale.warmUp(), python),
                log,
                spec.commandLine().getErr());
        List<String> failures = new ArrayList<>(outcome.failures());
        Predicate<String> pictures = wanted.asPredicate();
        List<Curve> curves = new ArrayList<>();
        curves.addAll(measured("growth", new GrowthSuite(scale, pictures, log)::measure, failures));
        curves.addAll(measured("speed-up", new SpeedupSuite(scale, pictures, log)::measure, failures));
        Report report = new Report(
                Machine.here(outcome.python()), quick, scale.rounds(), outcome.standings(), curves, failures);
        report.writeTo(out.resolve("results.json"));
        new Pages(report, out).write();
        log.println("Written: " + out.toAbsolutePath().normalize());
        log.flush();
        return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** A suite that fails costs its own pictures, not those of the others. */
    private List<Curve> measured(String name, Callable<List<Curve>> suite, List<String> failures)
            throws InterruptedException {
        try {
            return suite.call();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            failures.add(name + ": " + failure);
            failure.printStackTrace(spec.commandLine().getErr());
            return List.of();
        }
    }

    private Pattern wanted() {
        try {
            return Pattern.compile(only);
        } catch (PatternSyntaxException bad) {
            throw wrong("--only must be a regular expression, but '" + only + "' is not: " + bad.getDescription());
        }
    }

    /** Fails before minutes of measuring, not after. */
    private void createFolder() {
        try {
            Files.createDirectories(out);
        } catch (IOException bad) {
            throw wrong("--out must name a folder that can be made, but " + out + " cannot: " + bad.getMessage());
        }
        if (!Files.isWritable(out)) {
            throw wrong("--out must name a folder that can be written, but is " + out);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
