package offspring.multiprocessing;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.regex.Pattern;
import offspring.multiprocessing.internal.launch.ClassSource;
import offspring.multiprocessing.internal.launch.LaunchSpec;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.launch.diagnosis.Diagnostics;
import offspring.multiprocessing.internal.launch.options.HeapShare;
import offspring.multiprocessing.internal.launch.options.Inheritance;
import org.jspecify.annotations.Nullable;

/**
 * How a child JVM is started: its heap, its options, its surroundings. Python has no counterpart but {@code set_executable}.
 *
 * <pre>{@code
 * var options = ProcessOptions.builder()
 *         .maxHeap("256m")
 *         .systemProperty("user.language", "en")
 *         .outputLines(line -> System.out.println("child: " + line)) // called in this process
 *         .build();
 * var child = Process.builder()
 *         .target(() -> System.out.println("hello"))
 *         .options(options)
 *         .build();
 * child.start();
 * }</pre>
 *
 * <p>What is not set is as in the parent: the same {@code java}, class path, module path, environment, working directory, and
 * the parent's standard output and error. A child gets the serial garbage collector, since it is one of several; a choice
 * in {@link Builder#jvmArgs} or in the environment ({@code JAVA_TOOL_OPTIONS}) replaces that.
 *
 * <p><b>What is inherited.</b> Of the parent's JVM options a child has those that decide which code there is and what it may do (modules,
 * opened packages, assertions, depth of the stack), how it reads and writes (encodings, language, time zone), and the limits of the
 * surroundings (number of processors). It does <i>not</i> have what is there once (debuggers, agents, ports, log files), also when that
 * stands in {@code JAVA_TOOL_OPTIONS}; nor other system properties, unless {@linkplain Builder#inheritProperties chosen}; nor
 * the parent's heap size. The guide has the whole table: {@code docs/guide/inheritance.md}.
 *
 * <p><b>Class archive.</b> A child loads several hundred classes before it reaches its target. After the second child of a program a
 * JVM in the background makes an archive of those of the JDK and of this library (one or two megabytes), from which later children,
 * of later runs, too, start with less work for the processor. It is kept in {@code offspring} in the user's cache directory ({@code
 * XDG_CACHE_HOME}, or {@code ~/.cache}, on Windows {@code LOCALAPPDATA}), or in the directory that the system property {@code
 * offspring.cacheDirectory} names; the oldest go when there are many. There is one for each build of the JDK, class path and set of options; there is none
 * while the class path has directories of classes, as in an IDE. {@code -Doffspring.classArchive=off}, or {@link
 * Builder#classArchive classArchive(false)}, is a program, or a process, without it. Children inherit these two properties.
 *
 * <p>Immutable; may be used for any number of processes, from any thread.
 *
 * @since 0.1.0
 */
public final class ProcessOptions {

    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kmgt]?");
    private static final ProcessOptions DEFAULTS = builder().build();

    private final Path java;
    private final List<String> jvmArgs;
    private final Map<String, String> systemProperties;
    private final List<String> inheritedProperties;
    private final boolean agents;
    private final Map<String, String> environment;
    private final @Nullable Path directory;
    private final Output output;
    private final Output errors;
    private final boolean classArchive;
    private final Standbys standbys;
    private final Diagnostics diagnostics;

    /** Where workers find their classes; null where the work tells. */
    private final @Nullable ClassSource classes;

    private ProcessOptions(ProcessOptions other, List<String> jvmArgs, Output errors, Standbys standbys) {
        this(other, jvmArgs, errors, standbys, other.classes);
    }

    private ProcessOptions(
            ProcessOptions other,
            List<String> jvmArgs,
            Output errors,
            Standbys standbys,
            @Nullable ClassSource classes) {
        this.classes = classes;
        this.java = other.java;
        this.jvmArgs = List.copyOf(jvmArgs);
        this.systemProperties = other.systemProperties;
        this.inheritedProperties = other.inheritedProperties;
        this.agents = other.agents;
        this.environment = other.environment;
        this.directory = other.directory;
        this.output = other.output;
        this.errors = errors;
        this.classArchive = other.classArchive;
        this.standbys = standbys;
        this.diagnostics = other.diagnostics;
    }

    private ProcessOptions(Builder builder) {
        this.classes = null;
        this.java = builder.java;
        this.jvmArgs = List.copyOf(builder.jvmArgs);
        this.systemProperties = Map.copyOf(builder.systemProperties);
        this.inheritedProperties = List.copyOf(builder.inheritedProperties);
        this.agents = builder.agents;
        this.environment = Map.copyOf(builder.environment);
        this.directory = builder.directory;
        this.output = builder.output;
        this.errors = builder.errors;
        this.classArchive = builder.classArchive;
        this.standbys = builder.standbys;
        Diagnostics.Debug debug = builder.debug;
        this.diagnostics = new Diagnostics(
                debug == null ? null : new Diagnostics.Debug(debug.port(), debug.suspend(), builder.debugListener),
                builder.keepFiles,
                builder.heapDumps);
    }

    /**
     * Everything as in the parent.
     *
     * @return the options of a process that asks for none
     */
    public static ProcessOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Begins with everything as in the parent.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** These options for processes whose work comes later: their classes are the caller's. */
    ProcessOptions withClassesOfCaller() {
        return new ProcessOptions(this, jvmArgs, errors, standbys, ClassSource.ofCaller());
    }

    /** Where the classes come from if the work does not tell; null if it does. */
    @Nullable
    ClassSource classes() {
        return classes;
    }

    /** Where the standard error goes. */
    Output errors() {
        return errors;
    }

    /** These options, but the standard error goes elsewhere. */
    ProcessOptions withErrors(Output elsewhere) {
        return new ProcessOptions(this, jvmArgs, elsewhere, standbys);
    }

    /** These options, but a JVM that stands by for others is welcome. */
    ProcessOptions withStandbysIfThere() {
        return new ProcessOptions(this, jvmArgs, errors, standbys.withIfThere());
    }

    /** Whether JVMs that stand by are used. */
    Standbys standbys() {
        return standbys;
    }

    /** These options, but another largest heap, which was {@linkplain #checkHeap checked}. */
    ProcessOptions withMaxHeap(String size) {
        List<String> args = new ArrayList<>(jvmArgs);
        args.add("-Xmx" + size);
        return new ProcessOptions(this, args, errors, standbys);
    }

    /** These options for each of so many workers: with a share of the memory, unless they say how large the heap may be. */
    ProcessOptions asOneOf(int workers) {
        String share = HeapShare.option(jvmArgs, environment, workers);
        if (share == null) {
            return this;
        }
        List<String> args = new ArrayList<>(List.of(share));
        args.addAll(jvmArgs);
        return new ProcessOptions(this, args, errors, standbys);
    }

    static void checkHeap(String size) {
        checkSize("maxHeap", size);
    }

    private static void checkSize(String name, String size) {
        if (!HEAP.matcher(size.toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException(
                    name + " is \"" + size + "\"; it must be a number with k, m, g or t behind it, as in \"64m\"");
        }
    }

    /** The bytes of a size like {@code "64m"}. */
    static long bytesOf(String name, String size) {
        checkSize(name, size);
        int end = size.length();
        int power = " kmgt".indexOf(Character.toLowerCase(size.charAt(end - 1)));
        long number = Long.parseLong(power > 0 ? size.substring(0, end - 1) : size);
        return Math.multiplyExact(number, 1L << (10 * Math.max(0, power)));
    }

    /** All that is chosen, as it is now: what the parent's properties are is looked up at each start. */
    LaunchSpec toSpec(String name, boolean daemon) {
        Map<String, String> properties = Inheritance.properties(inheritedProperties);
        properties.putAll(systemProperties);
        List<String> args = jvmArgs;
        Map<String, String> variables = environment;
        if (agents) {
            args = new ArrayList<>(Inheritance.agents());
            args.addAll(jvmArgs);
            variables = Inheritance.variablesWithAgents();
            variables.putAll(environment);
        }
        return new LaunchSpec(
                name,
                daemon,
                java,
                classes == null ? ClassSource.ofLibrary() : classes,
                List.copyOf(args),
                Map.copyOf(properties),
                Map.copyOf(variables),
                directory,
                output,
                errors,
                classArchive,
                diagnostics.orOfThisJvm(Inheritance.hasDebugger(args)),
                LaunchSpec.Purpose.WORK);
    }

    /** Collects options; not for use by several threads at a time. */
    public static final class Builder {

        private Path java = ownJava();
        private final List<String> jvmArgs = new ArrayList<>();
        private final Map<String, String> systemProperties = new LinkedHashMap<>();
        private final Set<String> inheritedProperties = new LinkedHashSet<>();
        private boolean agents;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private @Nullable Path directory;
        private Output output = Output.INHERIT;
        private Output errors = Output.INHERIT;
        private boolean classArchive = true;
        private Standbys standbys = Standbys.DEFAULT;
        private Diagnostics.@Nullable Debug debug;
        private @Nullable ObjIntConsumer<String> debugListener;
        private @Nullable Path keepFiles;
        private @Nullable Path heapDumps;

        private Builder() {}

        private static Path ownJava() {
            String program =
                    System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows") ? "java.exe" : "java";
            return Path.of(System.getProperty("java.home"), "bin", program);
        }

        /**
         * The {@code java} program to start, in place of the parent's: Python's {@code set_executable}. It must be able to
         * load the parent's classes.
         *
         * @param program the path of the program
         * @return this builder
         */
        public Builder java(Path program) {
            this.java = program;
            return this;
        }

        /**
         * The largest heap that the child may use: {@code -Xmx}. Without it a child takes up to a quarter of the memory of the machine
         * or container, a worker of a pool as much as fits {@linkplain ProcessPoolBuilder#maxHeap beside the others}.
         *
         * @param size a number and a unit, as the JVM understands it: {@code "64m"}, {@code "2g"}
         * @return this builder
         * @throws IllegalArgumentException if it is something else
         */
        public Builder maxHeap(String size) {
            checkHeap(size);
            jvmArgs.add("-Xmx" + size);
            return this;
        }

        /**
         * Options for the child's JVM; called again, it adds to them. A later option wins over an earlier one and over ours.
         *
         * @param args the options, one by one: {@code "-XX:+UseParallelGC"}
         * @return this builder
         */
        public Builder jvmArgs(String... args) {
            jvmArgs.addAll(Arrays.asList(args));
            return this;
        }

        /**
         * A system property of the child.
         *
         * @param key the property's name
         * @param value its value
         * @return this builder
         */
        public Builder systemProperty(String key, String value) {
            systemProperties.put(key, value);
            return this;
        }

        /**
         * System properties that the child has as the parent has them when it is started; called again, it adds to them. {@link
         * #systemProperty} wins over them. Without it a child has only those that decide how it reads and writes, as described
         * {@linkplain ProcessOptions above}.
         *
         * @param names names of properties, or the beginnings of names with {@code *} behind them: {@code "app.mode", "spring.*"}
         * @return this builder
         * @throws IllegalArgumentException if a name is empty, or is that of a property that each JVM finds out by itself, as
         *     {@code java.home}, or a beginning of one
         */
        public Builder inheritProperties(String... names) {
            for (String name : names) {
                String own = Inheritance.ownPropertyIn(name);
                if (name.isEmpty() || own != null) {
                    throw new IllegalArgumentException("names has \"" + name + "\""
                            + (own == null ? "" : ", which takes in " + own + ", and that each JVM finds out by itself")
                            + "; give names, or longer beginnings of them, as in \"app.mode\" or \"app.*\"");
                }
            }
            inheritedProperties.addAll(Arrays.asList(names));
            return this;
        }

        /**
         * Whether the child has the agents of the parent ({@code -javaagent}, {@code -agentlib}, {@code -agentpath}), from its command
         * line and from {@code JAVA_TOOL_OPTIONS}: those that measure or change code. It does not unless told, since many
         * listen at a port or write a file that is there once. It never has the parent's debugger: see {@link #jvmArgs}.
         *
         * @param on whether it has them
         * @return this builder
         */
        public Builder inheritAgents(boolean on) {
            this.agents = on;
            return this;
        }

        /**
         * An environment variable of the child, beside those that it has from the parent.
         *
         * @param key the variable's name
         * @param value its value
         * @return this builder
         */
        public Builder environment(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /**
         * The child's working directory.
         *
         * @param path an existing directory
         * @return this builder
         */
        public Builder directory(Path path) {
            this.directory = path;
            return this;
        }

        /**
         * Where the child's standard output goes.
         *
         * @param target as for {@link ProcessBuilder}, but not {@link Redirect#PIPE}, since nobody would read it
         * @return this builder
         * @throws IllegalArgumentException if {@code target} is {@code PIPE} or for reading
         */
        public Builder output(Redirect target) {
            this.output = checked(target, "outputLines");
            return this;
        }

        /**
         * Where the child's standard error goes.
         *
         * @param target as for {@link ProcessBuilder}, but not {@link Redirect#PIPE}, since nobody would read it
         * @return this builder
         * @throws IllegalArgumentException if {@code target} is {@code PIPE} or for reading
         */
        public Builder errors(Redirect target) {
            this.errors = checked(target, "errorLines");
            return this;
        }

        private static Output checked(Redirect target, String instead) {
            if (target.type() == Redirect.Type.PIPE || target.type() == Redirect.Type.READ) {
                throw new IllegalArgumentException(
                        "target is " + target + ", which nobody would read from; use " + instead + "(consumer)");
            }
            return Output.to(target);
        }

        /**
         * Who gets the lines that the child prints to its standard output.
         *
         * @param lines called in the parent, by a thread of the library, with one line after the other; all lines of the child
         *     are delivered before {@link Process#join()} returns. It should not block for long: the child's output waits. If
         *     it throws, the failure is logged and it gets no more lines
         * @return this builder
         */
        public Builder outputLines(Consumer<String> lines) {
            this.output = Output.toLines(lines);
            return this;
        }

        /**
         * Who gets the lines that the child prints to its standard error.
         *
         * @param lines as for {@link #outputLines}
         * @return this builder
         */
        public Builder errorLines(Consumer<String> lines) {
            this.errors = Output.toLines(lines);
            return this;
        }

        /**
         * Whether the child may start from an archive of classes, as described {@linkplain ProcessOptions above}; it may by default.
         *
         * @param on false to load all classes as usual, and to make no archive
         * @return this builder
         */
        public Builder classArchive(boolean on) {
            this.classArchive = on;
            return this;
        }

        /**
         * Where the JVM comes from. Without this, from where {@link Multiprocessing#getStartMethod()} says when the process is started.
         *
         * @param method started now, or ahead
         * @return this builder
         */
        public Builder startMethod(StartMethod method) {
            this.standbys = standbys.withMethod(Objects.requireNonNull(method, "method"));
            return this;
        }

        /**
         * How many JVMs stand by for processes with these options, while such are started with {@link StartMethod#STANDBY}; 1 without
         * this. Each takes 30 to 40 MB of memory. All that stand by for this program share a budget, half of the largest heap of this JVM or
         * what the system property {@code offspring.standbyBudgetBytes} says; there may be fewer, therefore.
         *
         * @param count at least 1
         * @return this builder
         * @throws IllegalArgumentException if {@code count} is less than 1
         */
        public Builder standbyCount(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("standbyCount=" + count
                        + " is less than 1; give at least 1, or startMethod(StartMethod.SPAWN) for none");
            }
            this.standbys = standbys.withCount(count);
            return this;
        }

        /**
         * For how long JVMs stand by after the last start of a process with these options; 30 seconds without this. Then they end, until
         * the next start.
         *
         * @param limit longer than zero
         * @return this builder
         * @throws IllegalArgumentException if {@code limit} is zero or negative
         */
        public Builder standbyIdleLimit(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException(
                        "standbyIdleLimit=" + limit
                                + " leaves no time to stand by; give more than zero, or startMethod(StartMethod.SPAWN) for none");
            }
            this.standbys = standbys.withIdleLimit(limit);
            return this;
        }

        /**
         * Lets a debugger attach to the child, at a port of this machine that is free and not reached from others: {@code debug(0, suspend)}.
         *
         * @param suspend whether the child waits for the debugger before it begins
         * @return this builder
         */
        public Builder debug(boolean suspend) {
            return debug(0, suspend);
        }

        /**
         * Lets a debugger attach to the child, at a port of this machine that is not reached from others. Each child has a port of its own, which
         * is told to {@link #debugListener}, else printed to the parent's standard error in the JVM's own words, and logged. The child
         * listens there a moment later. Time limits of calls and pools go on while somebody debugs: leave them out.
         *
         * <p>For a program that cannot be changed: {@code -Doffspring.debugChildren=suspend}, {@code =5005}, {@code =suspend,5005}, or without a
         * value; that concerns its children that do not say {@code debug}, and their children.
         *
         * @param port the first port to try; the child gets the first one from there on that is free. 0 is any free port
         * @param suspend whether the child waits for the debugger before it begins
         * @return this builder
         * @throws IllegalArgumentException if there is no such port
         */
        public Builder debug(int port, boolean suspend) {
            if (port < 0 || port > 0xffff) {
                throw new IllegalArgumentException(
                        "port=" + port + " is no port; give one from 1 to 65535, or 0 for any that is free");
            }
            this.debug = new Diagnostics.Debug(port, suspend, null);
            return this;
        }

        /**
         * Who hears where a {@linkplain #debug(int, boolean) debugger} can attach, in place of the standard error.
         *
         * @param listener called with the name of the child and the port, by the thread that starts the child, when the system has started it.
         *     What it throws is logged
         * @return this builder
         */
        public Builder debugListener(ObjIntConsumer<String> listener) {
            this.debugListener = listener;
            return this;
        }

        /**
         * Keeps what is left of a child, for a post-mortem: its command, when and how it ended, its argument file, its crash log, and what it
         * printed where that goes through the parent ({@link #outputLines}, {@link #errorLines}, workers of pools). Without it a child
         * leaves nothing but the copy of a crash log in the temp directory.
         *
         * <p>For a program that cannot be changed: {@code -Doffspring.keepFiles=DIRECTORY}; that holds for children of children, too.
         *
         * @param directory where each child gets a directory, called after its name and pid; it is made if it is not there
         * @return this builder
         */
        public Builder keepFiles(Path directory) {
            this.keepFiles = directory.toAbsolutePath();
            return this;
        }

        /**
         * Has the child write its heap to a file when it runs out of it for the first time: {@code java_pid4711.hprof}, as large as the heap.
         *
         * @param directory where the files go; it is made if it is not there
         * @return this builder
         */
        public Builder heapDumpOnOutOfMemory(Path directory) {
            this.heapDumps = directory.toAbsolutePath();
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         */
        public ProcessOptions build() {
            return new ProcessOptions(this);
        }
    }
}
