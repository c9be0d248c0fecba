package offspring.examples.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import offspring.examples.Example;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.TaskTimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Regular expressions from users, with a time limit. One of them, for a word that is repeated, tries every way to cut the text
 * into pieces before it gives up, which takes years. A thread that does so cannot be stopped, for the matcher heeds no interrupt; a worker can.
 */
@Command(
        name = "regex-limit",
        description = "A regular expression that would take years is stopped after a fraction of a second.")
final class RegexLimit extends Example {

    private static final String TEXT =
            "a long line of words without any that comes twice in a row, and no exclamation mark";

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs search: 2 if not given.")
    private int workers = 2;

    @Option(names = "--limit-ms", paramLabel = "MS", description = "How long a search may take: 500 if not given.")
    private int limitMillis = 500;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        inRange("--workers", workers, 1, 64);
        inRange("--limit-ms", limitMillis, 10, 60_000);
        List<String> rules = List.of("w[aeiou]r", "(\\w+\\s?)+\\1!", "long$");
        try (Executor executor = ProcessPoolExecutor.builder()
                .maxWorkers(workers)
                .initializer(() -> found("warm.up")) // so that the limit is for searching, not for loading classes
                .taskTimeout(Duration.ofMillis(limitMillis))
                .gracePeriod(Duration.ofMillis(100))
                .build()) {
            List<Map.Entry<String, Future<Boolean>>> searches = rules.stream()
                    .map(rule -> Map.entry(rule, executor.submit(() -> found(rule))))
                    .toList();
            for (Map.Entry<String, Future<Boolean>> search : searches) {
                out.printf("%-14s %s%n", search.getKey(), told(search.getValue()));
            }
        }
    }

    /** Runs in a worker. */
    static boolean found(String rule) {
        return Pattern.compile(rule).matcher(TEXT).find();
    }

    private static String told(Future<Boolean> search) throws InterruptedException {
        Throwable failure = search.exception();
        if (failure instanceof TaskTimeoutException late) {
            String where = late.threadDump()
                    .flatMap(dump -> dump.lines()
                            .filter(line -> line.contains("java.util.regex"))
                            .findFirst())
                    .map(line -> "; it was " + line.strip())
                    .orElse("");
            return "took longer than " + late.limit().toMillis() + " ms; ended by " + late.endedBy() + where;
        }
        if (failure != null) {
            return "failed: " + failure;
        }
        return search.result() ? "found" : "not found";
    }
}
