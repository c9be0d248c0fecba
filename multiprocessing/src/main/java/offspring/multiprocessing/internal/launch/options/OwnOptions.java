package offspring.multiprocessing.internal.launch.options;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The options that this JVM was started with, each in one piece: {@code --add-opens=A}, also where the command line has {@code
 * --add-opens A}.
 *
 * <p><b>Where from.</b> The system's own note of the command line, where it can be read whole and says everything: that takes well
 * below a millisecond. Else the JVM's management, which takes ten: where options stand in an argument file, where the JVM was not
 * started by {@code java}, and on systems that keep no such note. ({@link ProcessHandle} gives up on command lines that are longer than
 * a page of memory; class paths are.)
 *
 * <p>Options in environment variables are not meant here, and do no harm: children have the environment.
 */
final class OwnOptions {

    private static final Path NOTE = Path.of("/proc/self/cmdline");

    /** Long options whose value may stand alone, and belongs to what decides what code may do. */
    private static final Set<String> JOINED = Set.of(
            "--add-modules",
            "--limit-modules",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--enable-native-access",
            "--patch-module",
            "--upgrade-module-path");

    /** Others whose value may stand alone. */
    private static final Set<String> WITH_VALUE =
            Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "-d", "--describe-module", "--source");

    /** What comes after these is the program's. */
    private static final Set<String> LAST = Set.of("-jar", "-m", "--module");

    private static final class Known {
        static final List<String> OPTIONS = List.copyOf(find());
    }

    private OwnOptions() {}

    /** The options, in their order. */
    static List<String> list() {
        return Known.OPTIONS;
    }

    private static List<String> find() {
        List<String> arguments = noted();
        List<String> options = arguments == null ? null : joined(arguments);
        return options == null ? managed() : options;
    }

    /** The arguments after the program's name; null if they are not known, or the program is not {@code java}. */
    private static @Nullable List<String> noted() {
        if (!Files.isReadable(NOTE)) {
            return null;
        }
        try {
            String note = new String(Files.readAllBytes(NOTE), Charset.defaultCharset());
            List<String> words = List.of(note.split("\0", -1));
            Path program = Path.of(words.get(0)).getFileName();
            boolean whole =
                    words.size() > 1 && program != null && program.toString().equals("java");
            return whole ? words.subList(1, words.size() - 1) : null;
        } catch (IOException | RuntimeException e) {
            Logs.of(OwnOptions.class).debug("{} does not tell the options", NOTE, e);
            return null;
        }
    }

    /** The options among the arguments of {@code java}; null if there are files that hold more of them. */
    static @Nullable List<String> joined(List<String> arguments) {
        List<String> options = new ArrayList<>();
        int i = 0;
        while (i < arguments.size() && !LAST.contains(arguments.get(i))) {
            String argument = arguments.get(i++);
            if (argument.startsWith("@")
                    || argument.startsWith("-XX:VMOptionsFile")
                    || argument.startsWith("-XX:Flags")) {
                return null;
            }
            if (!argument.startsWith("-")) {
                break;
            }
            boolean joins = JOINED.contains(argument) && i < arguments.size();
            options.add(joins ? argument + "=" + arguments.get(i) : argument);
            if (joins || WITH_VALUE.contains(argument)) {
                i++;
            }
        }
        return options;
    }

    private static List<String> managed() {
        try {
            return Management.options();
        } catch (NoClassDefFoundError noSuchModule) {
            String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
            List<String> options = joined(List.of(arguments));
            if (options == null || arguments.length == 0) {
                Logs.of(OwnOptions.class)
                        .warn(
                                "the options of this JVM are not known, so its children have none of them: on this system"
                                        + " they are told by the module java.management; run with --add-modules java.management");
                return List.of();
            }
            return options;
        }
    }

    /** Of the module {@code java.management}. */
    private static final class Management {

        static List<String> options() {
            return ManagementFactory.getRuntimeMXBean().getInputArguments();
        }
    }
}
