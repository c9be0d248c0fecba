package offspring.testkit.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All cases of CPython's suite that we look at, and the plan for those that no test of ours covers yet. Immutable. */
public final class Catalogue {

    private final Map<String, CPythonCase> cases;
    private final Map<String, String> plan;

    Catalogue(Map<String, CPythonCase> cases, Map<String, String> plan) {
        this.cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
        this.plan = Map.copyOf(plan);
    }

    /** The catalogue that is kept beside this class, in {@code cpython-cases.tsv} and {@code cpython-plan.tsv}. */
    public static Catalogue load() {
        return parse(lines("/offspring/testkit/cpython-cases.tsv"), lines("/offspring/testkit/cpython-plan.tsv"));
    }

    /**
     * Reads the two tables.
     *
     * @param caseLines rows of name, yes or no, reason
     * @param planLines rows of the beginning of a name, reason
     * @throws IllegalArgumentException if a row does not have its form or names a case twice
     */
    static Catalogue parse(List<String> caseLines, List<String> planLines) {
        Map<String, CPythonCase> cases = new LinkedHashMap<>();
        for (String line : caseLines) {
            CPythonCase one = parseCase(line);
            if (cases.put(one.name(), one) != null) {
                throw new IllegalArgumentException("the case " + one.name() + " stands twice; keep one row");
            }
        }
        Map<String, String> plan = new LinkedHashMap<>();
        for (String line : planLines) {
            String[] columns = line.split("\t", -1);
            if (columns.length != 2 || columns[1].isBlank()) {
                throw malformed(line, "the beginning of a name, a tab, a reason");
            }
            plan.put(columns[0], columns[1]);
        }
        return new Catalogue(cases, plan);
    }

    private static CPythonCase parseCase(String line) {
        String[] columns = line.split("\t", -1);
        String[] name = columns[0].split("\\.", -1);
        boolean sensible = columns.length == 3 && columns[1].equals("yes") && columns[2].isEmpty();
        boolean senseless = columns.length == 3 && columns[1].equals("no") && !columns[2].isBlank();
        if (name.length != 3 || !(sensible || senseless)) {
            throw malformed(line, "file.Class.method, yes or no, and for no the reason, with tabs between");
        }
        return new CPythonCase(name[0], name[1], name[2], sensible, columns[2]);
    }

    private static IllegalArgumentException malformed(String line, String form) {
        return new IllegalArgumentException("row <" + line + "> does not have the form: " + form);
    }

    private static List<String> lines(String resource) {
        InputStream found = Catalogue.class.getResourceAsStream(resource);
        if (found == null) {
            throw new IllegalStateException(resource + " is not on the class path; build testkit first");
        }
        try (var reader = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All cases, in the order of CPython's files. */
    public Collection<CPythonCase> cases() {
        return cases.values();
    }

    /** The case of that name, if there is one. */
    public Optional<CPythonCase> find(String name) {
        return Optional.ofNullable(cases.get(name));
    }

    /**
     * Why a sensible case is not covered yet: the reason of the longest planned beginning that its name has.
     *
     * @throws IllegalStateException if none fits, so that a reason must be written
     */
    public String planFor(CPythonCase one) {
        return plan.keySet().stream()
                .filter(one.name()::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(plan::get)
                .orElseThrow(() -> new IllegalStateException(
                        one.name() + " has no test and no reason; write one or the other (cpython-plan.tsv)"));
    }
}
