package offspring.examples.flags;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import offspring.examples.Example;
import offspring.examples.speedup.Terminal;
import offspring.futures.ConsoleProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The textbook's download of flags ({@code flags2_threadpool}): a thread executor, futures in the order of their completion, a progress
 * bar, and a count of what was downloaded, not found, or failed. The server is one of our own, which delays and fails on purpose.
 */
@Command(
        name = "flags",
        description = "Downloads flags, many at a time, from a server that delays and fails on purpose.")
final class FlagsDownload extends Example {

    @Option(
            names = {"-s", "--server"},
            paramLabel = "KIND",
            description = "The manners of the server: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
    private FlagServer.Manners server = FlagServer.Manners.DELAY;

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "N",
            description = "At most so many flags.")
    private @Nullable Integer limit;

    @Option(
            names = {"-m", "--workers"},
            paramLabel = "N",
            description = "At most so many requests at a time: ${DEFAULT-VALUE} if not given.")
    private int workers = 6;

    @Option(
            names = {"-e", "--every"},
            description = "Asks for every pair of letters from AA to ZZ.")
    private boolean every;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tells of each flag, instead of a progress bar.")
    private boolean verbose;

    @Option(names = "--bar", description = "Draws the bar even if standard error is no terminal.")
    private boolean bar;

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIR",
            description = "Keeps the flags there; they are thrown away if not given.")
    private @Nullable Path directory;

    @Parameters(paramLabel = "CC", description = "Country codes; the 20 most populous countries if not given.")
    private List<String> given = List.of();

    @Override
    protected void show(PrintWriter out) throws Exception {
        int most = inRange("--workers", workers, 1, 1_000);
        List<String> codes = codes();
        Path target = directory;
        if (target != null) {
            if (Files.exists(target) && !Files.isDirectory(target)) {
                throw refusal("--directory " + target + " is a file: give a directory, or a name that is free");
            }
            Files.createDirectories(target);
        }
        out.println(server + " server, " + codes.size() + " flags from " + codes.get(0) + " to "
                + codes.get(codes.size() - 1) + ", at most " + most + " at a time");
        long start = System.nanoTime();
        Map<Status, Integer> counts;
        try (FlagServer flags = new FlagServer(server)) {
            counts = download(new Downloads(flags, target, out, verbose), codes, most);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out.println("----");
        out.println(counts.getOrDefault(Status.DOWNLOADED, 0) + " downloaded");
        out.println(counts.getOrDefault(Status.NOT_FOUND, 0) + " not found");
        out.println(counts.getOrDefault(Status.ERROR, 0) + " failed");
        out.printf(Locale.ROOT, "%.2f s%n", seconds);
    }

    private Map<Status, Integer> download(Downloads downloads, List<String> codes, int most) {
        if (verbose || !(bar || Terminal.isStandardError())) {
            return downloads.all(codes, most, snapshot -> {});
        }
        try (ConsoleProgress progress = ConsoleProgress.of("flags")) {
            return downloads.all(codes, most, progress);
        }
    }

    private List<String> codes() {
        List<String> codes = new ArrayList<>();
        for (String code : given) {
            if (!code.matches("[A-Za-z]{2}")) {
                throw refusal("a country code has two letters, but here is '" + code + "': try FR");
            }
            codes.add(code.toUpperCase(Locale.ROOT));
        }
        if (every) {
            for (char first = 'A'; first <= 'Z'; first++) {
                for (char second = 'A'; second <= 'Z'; second++) {
                    codes.add("" + first + second);
                }
            }
        }
        if (codes.isEmpty()) {
            codes.addAll(FlagServer.COUNTRIES);
        }
        Integer atMost = limit;
        int count = atMost == null ? codes.size() : inRange("--limit", atMost, 1, 1_000);
        return codes.stream().sorted().distinct().limit(count).toList();
    }
}
