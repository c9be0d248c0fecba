package offspring.examples.speedup;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.examples.Example;
import offspring.multiprocessing.Multiprocessing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the example, and the order of its runs. */
@Command(
        name = "speedup",
        description = "Checks 20 numbers for primes: one by one, on threads, on child JVMs. Shows what each gains.",
        footer = {
            "",
            "Exit code 0: all runs agree on every answer; 1: they do not, or a worker failed; 2: wrong command line."
        })
public final class SpeedupCommand extends Example {

    private static final double LONGEST_SECONDS = 3600;
    private static final int MOST_WORKERS = 1024;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Measures 1 to N threads and 1 to N processes; as many as processors if not given.")
    private @Nullable Integer workers;

    @ArgGroup
    private Amount amount = new Amount();

    /** How much work; one option excludes the other. */
    static final class Amount {

        @Option(
                names = "--seconds",
                paramLabel = "S",
                description =
                        "About how much sequential work to make of it (10 if not given); at least one check each.")
        private @Nullable Double seconds;

        @Option(names = "--quick", description = "Each number once: about three seconds for everything.")
        private boolean quick;
    }

    @Override
    protected void show(PrintWriter out) throws Exception {
        Duration wanted = wanted();
        int most = mostWorkers();
        Progress progress = Progress.ofStandardError();
        try {
            SequentialRun.Measured sequential = SequentialRun.measure(wanted, progress);
            List<Outcome> outcomes = new ArrayList<>(List.of(sequential.outcome()));
            for (int n = 1; n <= most; n++) {
                outcomes.add(ThreadRun.measure(sequential.plan(), n, progress));
            }
            for (int n = 1; n <= most; n++) {
                outcomes.add(ProcessRun.measure(sequential.plan(), n, progress));
            }
            Report report = new Report(outcomes, sequential.plan().repeats());
            report.print(out);
            if (!report.agree()) {
                throw failure(
                        "the answers of the runs above differ, and must not: the library has a fault, please report it");
            }
        } finally {
            progress.end();
        }
    }

    private Duration wanted() {
        if (amount.quick) {
            return Duration.ZERO;
        }
        double seconds = amount.seconds == null ? 10 : amount.seconds;
        if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw refusal("--seconds must be more than 0 and at most 3600, but is " + seconds + ": try --seconds 10");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private int mostWorkers() {
        int most = workers == null ? Math.min(MOST_WORKERS, Multiprocessing.cpuCount()) : workers;
        if (most < 1 || most > MOST_WORKERS) {
            throw refusal("--workers must be 1 to " + MOST_WORKERS + ", but is " + most + ": try --workers "
                    + Multiprocessing.cpuCount() + ", the number of processors");
        }
        return most;
    }
}
