package offspring.testkit.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/conformance.md}: how much of CPython's suite our tests cover, and why the rest is not covered. */
public final class ConformancePage {

    private static final Pattern COVERED = Pattern.compile("\\*\\*(\\d+) of \\d+ sensible cases are covered\\.\\*\\*");

    /** The command that writes the page. */
    public static final String REWRITE = "mvn -q test -pl multiprocessing -am -Dtest=ConformanceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Doffspring.conformance=write";

    private final Catalogue catalogue;
    private final Coverage coverage;

    /** A page about these. */
    public ConformancePage(Catalogue catalogue, Coverage coverage) {
        this.catalogue = catalogue;
        this.coverage = coverage;
    }

    /** How many sensible cases are covered; others that are checked in a way of ours do not count. */
    public int covered() {
        return count(catalogue.cases(), this::coversSensible);
    }

    private boolean coversSensible(CPythonCase one) {
        return one.sensible() && coverage.covers(one);
    }

    /** How many cases an earlier page calls covered; empty if the text is no such page. */
    public static OptionalInt coveredIn(String page) {
        Matcher matcher = COVERED.matcher(page);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** The page. The same tests give the same text, whatever the machine. */
    public String text() {
        Collection<CPythonCase> all = catalogue.cases();
        StringBuilder page = new StringBuilder();
        page.append("""
                # Conformance with CPython's own tests

                Written by the build from the `@FromCPython` annotations of our tests; do not edit (see CONTRIBUTING.md). A case
                counts once, by the class whose body defines it in CPython 3.14. It is *sensible* if what it checks makes sense on
                a JVM. The number of covered cases only goes up.

                """);
        page.append("**%d of %d sensible cases are covered.**%n%n"
                .formatted(covered(), count(all, CPythonCase::sensible))
                .replace(System.lineSeparator(), "\n"));
        appendTotals(page, group(all, ConformancePage::suite));
        group(all, ConformancePage::suite).forEach((suite, cases) -> appendSuite(page, suite, cases));
        return page.toString();
    }

    /**
     * Compares the page in the tree with what the tests say, or writes it.
     *
     * @param file where the page is kept
     * @param write whether to write it instead of comparing
     * @throws IllegalStateException if the page is out of date, or if writing it would lower the number of covered cases
     */
    public void reconcile(Path file, boolean write) throws IOException {
        String kept = Files.exists(file) ? Files.readString(file) : "";
        int floor = coveredIn(kept).orElse(0);
        if (covered() < floor) {
            throw new IllegalStateException("the tests cover " + covered() + " cases of CPython, " + file.getFileName()
                    + " promises " + floor + "; the number only goes up: bring back the tests that are gone");
        }
        if (write) {
            Files.writeString(file, text());
        } else if (!kept.equals(text())) {
            throw new IllegalStateException(file + " is out of date: the tests cover " + covered()
                    + " cases of CPython, the page says " + floor + "; rewrite it with\n" + REWRITE);
        }
    }

    private void appendTotals(StringBuilder page, Map<String, List<CPythonCase>> suites) {
        page.append("| file | cases | sensible | covered |\n|---|---:|---:|---:|\n");
        suites.forEach((suite, cases) -> appendRow(page, "`" + suite + "`", cases));
        appendRow(page, "all", catalogue.cases());
    }

    private void appendRow(StringBuilder page, String label, Collection<CPythonCase> cases) {
        int sensible = count(cases, CPythonCase::sensible);
        page.append("| " + label + " | " + cases.size() + " | " + sensible + " | " + count(cases, this::coversSensible)
                + " |\n");
    }

    private void appendSuite(StringBuilder page, String suite, List<CPythonCase> cases) {
        page.append("\n## ").append(suite).append("\n");
        group(cases, CPythonCase::ownerName).forEach((owner, own) -> appendOwner(page, owner, own));
    }

    private void appendOwner(StringBuilder page, String owner, List<CPythonCase> cases) {
        int sensible = count(cases, CPythonCase::sensible);
        page.append("\n### " + owner + ": " + count(cases, this::coversSensible) + " of " + sensible + "\n\n");
        List<CPythonCase> missing = cases.stream()
                .filter(one -> one.sensible() && !coverage.covers(one))
                .toList();
        appendReasons(page, "Not covered", group(missing, catalogue::planFor));
        List<CPythonCase> senseless =
                cases.stream().filter(one -> !one.sensible()).toList();
        List<CPythonCase> extra = senseless.stream().filter(coverage::covers).toList();
        List<CPythonCase> rest =
                senseless.stream().filter(one -> !coverage.covers(one)).toList();
        appendReasons(page, "Not sensible", group(rest, CPythonCase::reason));
        appendReasons(page, "Not sensible, but checked in a way of ours", group(extra, CPythonCase::reason));
        if (missing.isEmpty() && senseless.isEmpty()) {
            page.append("All cases are covered.\n");
        }
    }

    private static void appendReasons(StringBuilder page, String label, Map<String, List<CPythonCase>> byReason) {
        byReason.forEach((reason, cases) -> page.append("- " + label + ", " + reason + ": "
                + cases.stream().map(one -> "`" + one.method() + "`").collect(Collectors.joining(", ")) + "\n"));
    }

    /** The file of a case, those of {@code test_concurrent_futures} under the name of their folder. */
    private static String suite(CPythonCase one) {
        return switch (one.file()) {
            case "lock_tests", "test_queue", "test_threading", "test_threading_local", "_test_multiprocessing" ->
                one.file();
            default -> "test_concurrent_futures";
        };
    }

    private static Map<String, List<CPythonCase>> group(
            Collection<CPythonCase> cases, Function<CPythonCase, String> by) {
        return cases.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    private static int count(Collection<CPythonCase> cases, Predicate<CPythonCase> which) {
        return (int) cases.stream().filter(which).count();
    }
}
