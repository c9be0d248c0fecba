package offspring.multiprocessing.internal.launch.options;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * Which options of this JVM its children have, too. The table for users is {@code docs/guide/inheritance.md}; a test holds the two
 * together.
 *
 * <p>The rule: a child has what decides <i>which code there is and what it may do</i> (modules, opened packages, assertions, depth of stack), <i>how
 * it reads and writes</i> (encodings, language, time zone), and the <i>limits of the surroundings</i>. It does not have what is
 * there once: ports, agents, debuggers, log files; nor the size of the heap, which is shared out.
 */
public final class Inheritance {

    /** A debugger listens, or connects, at a port: a second JVM with the same options dies of it. */
    private static final String[] DEBUGGERS = {"-agentlib:jdwp", "-Xrunjdwp", "-Xdebug", "-Xnoagent"};

    private static final String[] AGENTS = {"-javaagent:", "-agentlib:", "-agentpath:", "-Xrun"};

    /** Remote management listens at a port, too. */
    private static final String REMOTE_MANAGEMENT = "-Dcom.sun.management.jmxremote";

    /** Variables that a JVM takes options from. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Options with these beginnings are inherited, whole. */
    private static final String[] INHERITED = {
        "--add-modules=",
        "--limit-modules=",
        "--add-opens=",
        "--add-exports=",
        "--add-reads=",
        "--enable-native-access=",
        "--illegal-native-access=",
        "--sun-misc-unsafe-memory-access=",
        "--enable-final-field-mutation=",
        "--illegal-final-field-mutation=",
        "--enable-preview",
        "-Xss",
        "-XX:ActiveProcessorCount=",
        "-XX:MaxRAM=",
        "-XX:-UseContainerSupport"
    };

    /** Inherited with or without {@code :package} behind them. */
    private static final List<String> ASSERTIONS = List.of(
            "-ea",
            "-da",
            "-esa",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions");

    /** Inherited, with paths in them, which a child may see from another working directory. */
    private static final String[] PATHS = {"--upgrade-module-path=", "-Xbootclasspath/a:"};

    private static final String PATCH = "--patch-module=";

    /** Properties that are inherited if the JVM was started with them, and not only set by the program. */
    private static final List<String> PROPERTIES = List.of(
            "file.encoding",
            "sun.jnu.encoding",
            "stdin.encoding",
            "stdout.encoding",
            "stderr.encoding",
            "sun.stdout.encoding",
            "sun.stderr.encoding",
            "user.language",
            "user.script",
            "user.country",
            "user.region",
            "user.variant",
            "user.timezone",
            "java.locale.providers",
            "java.io.tmpdir",
            "user.home",
            "java.library.path",
            "java.system.class.loader",
            "java.awt.headless");

    private static final String COLLECTOR = "-XX:+Use";
    private static final List<String> COLLECTORS =
            List.of("SerialGC", "ParallelGC", "G1GC", "ZGC", "ShenandoahGC", "EpsilonGC");

    /** Of these there is one for showing and one for formatting. */
    private static final String[] LOCALE_CATEGORIES = {".display", ".format"};

    /** What the JVM itself finds out; another value would be a lie, or break it. */
    private static final List<String> NEVER = List.of(
            "java.home",
            "java.class.path",
            "java.class.version",
            "java.version",
            "java.vendor",
            "java.vm.name",
            "java.runtime.name",
            "java.specification.name",
            "jdk.module.path",
            "jdk.module.main",
            "jdk.debug",
            "native.encoding",
            "os.name",
            "os.arch",
            "sun.boot.library.path",
            "sun.java.command",
            "sun.java.launcher",
            "user.dir",
            "user.name");

    private static final class Known {
        static final List<String> OPTIONS = List.copyOf(find());
    }

    private Inheritance() {}

    // ---- options

    /** Those of this JVM's options that every child has. */
    public static List<String> options() {
        return Known.OPTIONS;
    }

    private static List<String> find() {
        List<String> found = fromManifest();
        found.addAll(of(OwnOptions.list()));
        return found;
    }

    /** Those of the options of a JVM that its children have. */
    static List<String> of(List<String> options) {
        List<String> inherited = new ArrayList<>();
        for (String option : options) {
            String mine = inherited(option);
            if (mine != null) {
                inherited.add(mine);
            }
        }
        return inherited;
    }

    private static @Nullable String inherited(String option) {
        if (startsWithAny(option, INHERITED) || isAssertion(option) || isProperty(option)) {
            return option;
        }
        for (String beginning : PATHS) {
            if (option.startsWith(beginning)) {
                return beginning + absolute(option.substring(beginning.length()));
            }
        }
        int value = option.startsWith(PATCH) ? option.indexOf('=', PATCH.length()) + 1 : 0;
        return value > 0 ? option.substring(0, value) + absolute(option.substring(value)) : null;
    }

    private static boolean isAssertion(String option) {
        int colon = option.indexOf(':');
        return ASSERTIONS.contains(colon < 0 ? option : option.substring(0, colon));
    }

    private static boolean isProperty(String option) {
        if (!option.startsWith("-D")) {
            return false;
        }
        int equals = option.indexOf('=');
        String name = option.substring(2, equals < 0 ? option.length() : equals);
        for (String category : LOCALE_CATEGORIES) {
            if (name.startsWith("user.") && name.endsWith(category)) {
                name = name.substring(0, name.length() - category.length());
            }
        }
        return PROPERTIES.contains(name);
    }

    /** A path whose entries hold in another working directory, too; an empty entry means "here". */
    public static String absolute(String path) {
        StringBuilder result = new StringBuilder(path.length() + 64);
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf(File.pathSeparatorChar, start);
            if (end < 0) {
                end = path.length();
            }
            if (result.length() > 0) {
                result.append(File.pathSeparatorChar);
            }
            result.append(new File(path.substring(start, end)).getAbsolutePath());
            start = end + 1;
        }
        return result.toString();
    }

    /** What {@code java -jar} takes from the manifest, which a child, whose main class is another one, would not. */
    private static List<String> fromManifest() {
        List<String> options = new ArrayList<>();
        String jar = System.getProperty("java.class.path", "");
        boolean single = !jar.isEmpty() && jar.indexOf(File.pathSeparatorChar) < 0;
        if (!single
                || !System.getProperty("sun.java.command", "").startsWith(jar)
                || !Files.isRegularFile(Path.of(jar))) {
            return options;
        }
        try (JarFile file = new JarFile(jar)) {
            Manifest manifest = file.getManifest();
            return manifest == null ? options : of(manifest.getMainAttributes());
        } catch (IOException e) {
            Logs.of(Inheritance.class).debug("the manifest of {} cannot be read", jar, e);
            return options;
        }
    }

    static List<String> of(Attributes manifest) {
        List<String> options = new ArrayList<>();
        for (String name : List.of("Add-Opens", "Add-Exports")) {
            String packages = manifest.getValue(name);
            for (OptionText.Piece one : OptionText.split(packages == null ? "" : packages)) {
                options.add("--" + (name.equals("Add-Opens") ? "add-opens=" : "add-exports=") + one.meant()
                        + "=ALL-UNNAMED");
            }
        }
        String access = manifest.getValue("Enable-Native-Access");
        if (access != null && Runtime.version().feature() >= 22) {
            options.add("--enable-native-access=" + access.strip());
        }
        return options;
    }

    // ---- the environment

    /** Takes what is there once out of a child's environment: it begins as a copy of this process's. */
    public static void clean(Map<String, String> environment) {
        for (String variable : VARIABLES) {
            String text = environment.get(variable);
            String cleaned = text == null ? null : cleaned(text, AGENTS);
            if (text != null && !text.equals(cleaned)) {
                Logs.of(Inheritance.class)
                        .debug(
                                "children have {}=\"{}\", not \"{}\": agents and debuggers are not inherited",
                                variable,
                                cleaned,
                                text);
                setOrRemove(environment, variable, cleaned);
            }
        }
    }

    private static void setOrRemove(Map<String, String> environment, String variable, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
    }

    /** The text without debuggers, remote management, and options with these beginnings; as it was if there are none. */
    static String cleaned(String text, String... unwanted) {
        List<String> kept = new ArrayList<>();
        boolean all = true;
        for (OptionText.Piece option : OptionText.split(text)) {
            boolean goes = isDebugger(option.meant())
                    || option.meant().startsWith(REMOTE_MANAGEMENT)
                    || startsWithAny(option.meant(), unwanted);
            all = all && !goes;
            if (!goes) {
                kept.add(option.written());
            }
        }
        return all ? text : String.join(" ", kept);
    }

    // ---- by choice

    /** The agents of this JVM, but no debugger: children that want them have them by these options. */
    public static List<String> agents() {
        List<String> agents = new ArrayList<>();
        for (String option : OwnOptions.list()) {
            if (startsWithAny(option, AGENTS) && !isDebugger(option)) {
                agents.add(option);
            }
        }
        for (String variable : VARIABLES) { // they come by the environment
            String text = System.getenv(variable);
            OptionText.split(text == null ? "" : text).forEach(option -> agents.remove(option.meant()));
        }
        return agents;
    }

    /** The variables in which agents may stand, without debuggers: for children that want the agents. */
    public static Map<String, String> variablesWithAgents() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : VARIABLES) {
            String text = System.getenv(variable);
            String cleaned = text == null ? "" : cleaned(text);
            if (!cleaned.isEmpty()) {
                variables.put(variable, cleaned);
            }
        }
        return variables;
    }

    private static boolean isDebugger(String option) {
        int end = option.indexOf('=');
        String agent = option.substring(0, end < 0 ? option.length() : end);
        return startsWithAny(option, DEBUGGERS) || (agent.startsWith("-agentpath:") && agent.contains("jdwp"));
    }

    /**
     * Whether properties like that may be inherited by choice.
     *
     * @param name a name, or a beginning with {@code *} behind it
     * @return the property that each JVM finds out by itself; null if there is none
     */
    public static @Nullable String ownPropertyIn(String name) {
        for (String own : NEVER) {
            if (matches(name, own)) {
                return own;
            }
        }
        return null;
    }

    /** The properties that have these names, or names with these beginnings, as they are now. */
    public static Map<String, String> properties(Collection<String> names) {
        Map<String, String> chosen = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            Properties now = System.getProperties();
            for (String property : now.stringPropertyNames()) {
                for (String name : names) {
                    if (matches(name, property)) {
                        chosen.put(property, now.getProperty(property));
                    }
                }
            }
        }
        return chosen;
    }

    private static boolean matches(String name, String property) {
        return name.endsWith("*") ? property.startsWith(name.substring(0, name.length() - 1)) : property.equals(name);
    }

    /** Whether options let a debugger attach: a second one would keep the JVM from starting. */
    public static boolean hasDebugger(List<String> options) {
        return options.stream().anyMatch(Inheritance::isDebugger);
    }

    // ---- what else depends on options

    /** Whether a collector of garbage is chosen: a second choice would keep the JVM from starting. */
    public static boolean isCollectorChosen(List<String> jvmArgs, Map<String, String> environment) {
        boolean chosen = false;
        for (String option : allOf(jvmArgs, environment)) {
            chosen = chosen || isCollector(option);
        }
        return chosen;
    }

    /** The options that a child gets from its user, and those in the variables of its environment. */
    static List<String> allOf(List<String> jvmArgs, Map<String, String> environment) {
        List<String> all = new ArrayList<>(jvmArgs);
        for (String variable : VARIABLES) {
            String text = environment.getOrDefault(variable, System.getenv(variable));
            for (OptionText.Piece option : OptionText.split(text == null ? "" : text)) {
                all.add(option.meant());
            }
        }
        return all;
    }

    private static boolean isCollector(String option) {
        return option.startsWith(COLLECTOR) && COLLECTORS.contains(option.substring(COLLECTOR.length()));
    }

    /**
     * How a child writes letters to a stream that is not a terminal.
     *
     * @param stream {@code stdout} or {@code stderr}
     * @param properties those that the child is given besides
     */
    public static Charset charsetOf(String stream, Map<String, String> properties) {
        boolean old = Runtime.version().feature() < 19;
        String name = value((old ? "sun." : "") + stream + ".encoding", properties);
        if (name == null) {
            name = Runtime.version().feature() < 18
                    ? value("file.encoding", properties)
                    : System.getProperty("native.encoding");
        }
        try {
            return name == null ? Charset.defaultCharset() : Charset.forName(name);
        } catch (IllegalArgumentException noSuchCharset) { // the JVM goes on without it, too
            Logs.of(Inheritance.class).debug("{}", stream, noSuchCharset);
            return Charset.defaultCharset();
        }
    }

    private static @Nullable String value(String property, Map<String, String> properties) {
        String value = properties.get(property);
        for (String option : options()) {
            if (value == null && option.startsWith("-D" + property + "=")) {
                value = option.substring(property.length() + 3);
            }
        }
        return value;
    }

    private static boolean startsWithAny(String option, String[] beginnings) {
        for (String beginning : beginnings) {
            if (option.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
