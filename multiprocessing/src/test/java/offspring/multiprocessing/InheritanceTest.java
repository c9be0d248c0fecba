package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offspring.guide.GuideTable;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What children have from their parents: each row of the tables in {@code docs/guide/inheritance.md}, seen in real children of a parent that
 * was started as the row says.
 */
@Timeout(180)
class InheritanceTest {

    private static final String PAGE = "inheritance.md";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    @BeforeEach
    void makeJars() throws IOException {
        Manifest agent = manifest();
        agent.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        jar("agent.jar", agent);
        jar("more.jar", manifest());
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private Path jar(String name, Manifest manifest) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            out.finish();
        }
        return file;
    }

    /** An agent that leaves a trace. */
    public static final class Agent {

        private Agent() {}

        public static void premain(String argument, Instrumentation instrumentation) {
            System.setProperty("offspring.agent", argument);
        }
    }

    // ---- options

    /** Prints its own options and those of a child, and how a number and a time look in both. */
    static final class TellsOptions {

        public static void main(String[] args) throws Exception {
            tell("parent", options());
            tell("child", Kin.ask(List.class, TellsOptions::options));
        }

        private static List<String> options() {
            var lines = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
            lines.add(String.format("looks %,.2f %tc %s", 1234567.891, 0L, java.nio.charset.Charset.defaultCharset()));
            return lines;
        }

        private static void tell(String who, List<?> lines) {
            lines.forEach(line -> System.out.println(who + " " + line));
        }
    }

    private record Row(List<String> options, String verdict) {

        /** Two debuggers cannot be in one JVM. */
        boolean isDebugger() {
            return options.toString().contains("jdwp");
        }
    }

    private static List<Row> optionRows() throws IOException {
        return GuideTable.rows(PAGE, "Options of the parent's JVM").stream()
                .map(cells -> new Row(
                        List.of(cells.get(0)
                                .replace("`", "")
                                .replace("JAVA_HOME", System.getProperty("java.home"))
                                .split(" ")),
                        cells.get(1)))
                .toList();
    }

    @Test
    void shouldInheritTheOptionsThatTheTableSays() throws Exception {
        List<Row> rows = optionRows();
        assertThat(rows).hasSizeGreaterThan(25);
        List<Row> debuggers = rows.stream().filter(Row::isDebugger).toList();
        List<Row> others = rows.stream().filter(row -> !row.isDebugger()).toList();
        assertThat(debuggers).hasSize(3);

        check(Stream.concat(others.stream(), debuggers.stream().limit(1)).toList(), false);
        for (Row row : debuggers.subList(1, debuggers.size())) {
            check(List.of(row), false);
        }
    }

    @Test
    void shouldInheritThemFromAnArgumentFile() throws Exception {
        check(optionRows().stream().filter(row -> !row.isDebugger()).toList(), true);
    }

    private void check(List<Row> rows, boolean byFile) throws Exception {
        List<String> given =
                rows.stream().flatMap(row -> row.options().stream()).toList();
        List<String> command = new ArrayList<>(List.of(JAVA));
        if (byFile) {
            command.add("@" + Files.write(folder.resolve("options"), given));
        } else {
            command.addAll(given);
        }
        String longer =
                File.pathSeparator + "absent/".repeat(1_000); // the command line does not fit into a page of memory
        command.addAll(List.of("-cp", System.getProperty("java.class.path") + longer, TellsOptions.class.getName()));
        List<String> told = run(command, Map.of());
        List<String> parent = of("parent", told);
        List<String> child = of("child", told);

        assertThat(parent).containsAll(given);
        for (Row row : rows) {
            switch (row.verdict()) {
                case "has it" -> assertThat(child).as("%s", row).containsAll(row.options());
                case "has it, with absolute paths" ->
                    assertThat(child)
                            .as("%s", row)
                            .contains(row.options().get(0).replace(":", ":" + folder.toRealPath() + File.separator));
                case "has it not" -> assertThat(child).as("%s", row).doesNotContainAnyElementsOf(row.options());
                default -> throw new AssertionError("a verdict that this test does not know: " + row);
            }
        }
        assertThat(looksOf(child)).isEqualTo(looksOf(parent));
    }

    private static String looksOf(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("looks "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> of(String who, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(who + " "))
                .map(line -> line.substring(who.length() + 1))
                .toList();
    }

    @Test
    void shouldInheritWhatTheManifestOfAnExecutableJarOpens() throws Exception {
        Manifest executable = manifest();
        Attributes attributes = executable.getMainAttributes();
        attributes.put(Attributes.Name.MAIN_CLASS, TellsOptions.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        attributes.putValue("Add-Opens", "java.base/java.util.zip java.base/java.lang");
        attributes.putValue("Add-Exports", "java.base/sun.security.util");
        jar("app.jar", executable);

        assertThat(of("child", run(List.of(JAVA, "-jar", "app.jar"), Map.of())))
                .contains(
                        "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-exports=java.base/sun.security.util=ALL-UNNAMED");
    }

    // ---- everything else

    /** Prints what is around it, and around children of several kinds. */
    static final class TellsSurroundings {

        static String field = "as the class says";

        public static void main(String[] args) throws Exception {
            System.setProperty("probe.runtime", "set by the program");
            Locale.setDefault(Locale.JAPAN);
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            field = "as the parent says";
            tell("parent", facts());
            tell("child", Kin.ask(Map.class, TellsSurroundings::facts));
            var chosen = ProcessOptions.builder()
                    .inheritProperties("probe.*", "offspring.agent")
                    .inheritAgents(true)
                    .environment("PROBE", "of the child")
                    .maxHeap("24m") // less than each JVM is to begin with
                    .build();
            tell("chosen", Kin.ask(Process.builder().options(chosen), Map.class, TellsSurroundings::facts));
            print("parent");
            Kin.run(() -> print("child"));
            var lines = ProcessOptions.builder()
                    .outputLines(TellsSurroundings::tellLetters)
                    .errorLines(TellsSurroundings::tellLetters)
                    .build();
            Kin.run(Process.builder()
                    .options(lines)
                    .target(() -> {
                        System.out.println("Z\u00fcrich");
                        System.err.println("Gen\u00e8ve");
                    })
                    .build());
        }

        private static void print(String who) {
            System.out.println("to stdout by " + who);
            System.err.println("to stderr by " + who);
        }

        private static void tellLetters(String line) {
            System.out.println("line " + line.codePoints().boxed().toList());
        }

        private static LinkedHashMap<String, String> facts() throws IOException {
            var facts = new LinkedHashMap<String, String>();
            for (String property : List.of(
                    "java.class.path",
                    "java.home",
                    "user.dir",
                    "probe.tool",
                    "probe.runtime",
                    "offspring.agent",
                    "offspring.classArchive",
                    "offspring.cacheDirectory",
                    "offspring.keepFiles")) {
                facts.put(property, System.getProperty(property));
            }
            facts.put("JAVA_TOOL_OPTIONS", System.getenv("JAVA_TOOL_OPTIONS"));
            facts.put("JDK_JAVA_OPTIONS", System.getenv("JDK_JAVA_OPTIONS"));
            facts.put("PROBE", System.getenv("PROBE"));
            facts.put(
                    "collectors",
                    ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
            facts.put(
                    "locale", Locale.getDefault() + " " + TimeZone.getDefault().getID());
            facts.put("field", field);
            facts.put("stdin", String.valueOf(System.in.available()));
            return facts;
        }

        private static void tell(String who, Map<?, ?> facts) {
            facts.forEach((name, value) -> System.out.println(who + " " + name + "=" + value));
        }
    }

    /** Facts that a parent has told of itself and its children. */
    private record Told(
            Map<String, String> parent, Map<String, String> child, Map<String, String> chosen, List<String> lines) {

        void same(String... names) {
            for (String name : names) {
                assertThat(child.get(name)).as(name).isNotEqualTo("null").isEqualTo(parent.get(name));
            }
        }

        void other(String name) {
            assertThat(child.get(name)).as(name).isNotEqualTo(parent.get(name));
        }
    }

    @FunctionalInterface
    private interface Check {
        void on(Told told) throws Exception;
    }

    @Test
    void shouldHaveAroundItWhatTheTableSays() throws Exception {
        int port = freePort();
        Told told = tellSurroundings(port);
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("class path", InheritanceTest::checkClassPath);
        checks.put("module path", facts -> checkModulePath());
        checks.put("`java`", facts -> facts.same("java.home"));
        checks.put("environment variables", facts -> {
            facts.same("PROBE");
            assertThat(facts.chosen).containsEntry("PROBE", "of the child");
        });
        checks.put("options in `JAVA_TOOL_OPTIONS`, `JDK_JAVA_OPTIONS`, `_JAVA_OPTIONS`", this::checkVariables);
        checks.put("a collector chosen in `JAVA_TOOL_OPTIONS`", facts -> facts.same("collectors"));
        checks.put("working directory", facts -> facts.same("user.dir"));
        checks.put("standard input", facts -> {
            assertThat(facts.parent.get("stdin")).isNotEqualTo("0");
            assertThat(facts.child.get("stdin")).isEqualTo("0");
        });
        checks.put(
                "standard output and error",
                facts -> assertThat(facts.lines)
                        .contains(
                                "to stdout by parent",
                                "to stderr by parent",
                                "to stdout by child",
                                "to stderr by child"));
        checks.put(
                "letters in lines that a consumer gets",
                facts -> assertThat(facts.lines)
                        .contains(
                                "line " + "Z\u00fcrich".codePoints().boxed().toList(),
                                "line " + "Gen\u00e8ve".codePoints().boxed().toList()));
        checks.put("properties set by `System.setProperty`", facts -> {
            facts.other("probe.runtime");
            assertThat(facts.chosen).containsEntry("probe.runtime", "set by the program");
        });
        checks.put("`Locale.setDefault`, `TimeZone.setDefault`", facts -> facts.other("locale"));
        checks.put("static fields", facts -> {
            assertThat(facts.child).containsEntry("field", "as the class says");
            facts.other("field");
        });
        checks.put(
                "settings of the library: `-Doffspring.classArchive`, `-Doffspring.cacheDirectory`,"
                        + " `-Doffspring.debugChildren`, `-Doffspring.keepFiles`",
                facts -> facts.same("offspring.classArchive", "offspring.cacheDirectory", "offspring.keepFiles"));

        assertThat(GuideTable.rows(PAGE, "Everything else").stream().map(cells -> cells.get(0)))
                .containsExactlyElementsOf(checks.keySet());
        for (Map.Entry<String, Check> check : checks.entrySet()) {
            try {
                check.getValue().on(told);
            } catch (AssertionError wrong) {
                throw new AssertionError("row: " + check.getKey() + "\n" + wrong.getMessage(), wrong);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Told tellSurroundings(int port) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA));
        for (String stream : List.of("stdout", "stderr")) {
            command.add("-D" + stream + ".encoding=ISO-8859-1");
            command.add("-Dsun." + stream + ".encoding=ISO-8859-1");
        }
        command.addAll(List.of("-Doffspring.classArchive=off", "-Doffspring.cacheDirectory=" + folder));
        command.add("-Doffspring.keepFiles=" + folder.resolve("kept"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + "more.jar"));
        command.add(TellsSurroundings.class.getName());
        List<String> lines = run(
                command,
                Map.of(
                        "PROBE",
                        "of the parent",
                        "JAVA_TOOL_OPTIONS",
                        "-Dprobe.tool='a b'  \"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:"
                                + port + "\" -javaagent:agent.jar=probe -XX:+UseParallelGC -Xms40m",
                        "JDK_JAVA_OPTIONS",
                        "-Dcom.sun.management.jmxremote.authenticate=false"));
        return new Told(facts("parent", lines), facts("child", lines), facts("chosen", lines), lines);
    }

    private static Map<String, String> facts(String who, List<String> lines) {
        Map<String, String> facts = new LinkedHashMap<>();
        of(who, lines)
                .forEach(
                        line -> facts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return facts;
    }

    private static void checkClassPath(Told told) {
        String[] parent = told.parent.get("java.class.path").split(File.pathSeparator);
        String[] child = told.child.get("java.class.path").split(File.pathSeparator);
        assertThat(parent).endsWith("more.jar");
        assertThat(Stream.of(child).map(Path::of)).allMatch(Path::isAbsolute).hasSameSizeAs(parent);
        assertThat(Path.of(child[child.length - 1])).exists().hasFileName("more.jar");
    }

    private void checkVariables(Told told) {
        assertThat(told.parent).containsEntry("probe.tool", "a b").containsEntry("offspring.agent", "probe");
        assertThat(told.child)
                .containsEntry("probe.tool", "a b")
                .containsEntry("offspring.agent", "null")
                .containsEntry("JAVA_TOOL_OPTIONS", "-Dprobe.tool='a b' -XX:+UseParallelGC -Xms40m")
                .containsEntry("JDK_JAVA_OPTIONS", "null");
        assertThat(told.chosen)
                .containsEntry("probe.tool", "a b")
                .containsEntry("offspring.agent", "probe")
                .containsEntry(
                        "JAVA_TOOL_OPTIONS",
                        "-Dprobe.tool='a b' -javaagent:agent.jar=probe -XX:+UseParallelGC -Xms40m");
    }

    // ---- modules

    private void checkModulePath() throws Exception {
        Path app = ModuleProgram.compile(folder.resolve("app"));
        List<String> command = new ArrayList<>(List.of(JAVA, "--module-path"));
        command.add(ModuleProgram.pathOf(app));
        command.addAll(List.of("-m", ModuleProgram.MAIN));

        assertThat(run(command, Map.of())).contains("child in module probe.app, archive false");
    }

    // ---- choosing

    @Test
    void shouldRefuseToInheritWhatEachJvmFindsOutByItself() {
        for (String wrong : List.of("", "*", "java.*", "java.home", "user.d*", "sun.*")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProcessOptions.builder().inheritProperties("fine", wrong))
                    .withMessageContaining('"' + wrong + '"');
        }
    }

    @Test
    void shouldLetOwnPropertiesAndCollectorsWin() throws Exception {
        System.setProperty("probe.wins", "inherited");
        try {
            var options = ProcessOptions.builder()
                    .inheritProperties("probe.*")
                    .systemProperty("probe.wins", "chosen")
                    .jvmArgs("-XX:+UseParallelGC");
            List<?> told = Kin.ask(
                    Process.builder().options(options.build()),
                    List.class,
                    () -> List.of(
                            System.getProperty("probe.wins"),
                            ManagementFactory.getGarbageCollectorMXBeans()
                                    .get(0)
                                    .getName()));
            assertThat(told.toString()).startsWith("[chosen, PS ");
        } finally {
            System.clearProperty("probe.wins");
        }
    }

    /** Runs a program in the folder, with something on its standard input, and gives the lines it prints. */
    private List<String> run(List<String> command, Map<String, String> environment) throws Exception {
        Path out = folder.resolve("out");
        Path in = Files.writeString(folder.resolve("in"), "for the parent");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        java.lang.Process program = builder.start();
        try {
            boolean ended = program.waitFor(Deadlines.PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            List<String> lines = Files.readAllLines(out, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(ended && program.exitValue() == 0)
                    .as("ended well; printed %s", lines)
                    .isTrue();
            return lines;
        } finally {
            program.destroyForcibly();
        }
    }
}
