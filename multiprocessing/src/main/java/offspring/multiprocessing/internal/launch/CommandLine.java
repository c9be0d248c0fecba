package offspring.multiprocessing.internal.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offspring.multiprocessing.internal.launch.archive.ClassArchive;
import org.jspecify.annotations.Nullable;

/**
 * The command that starts a child JVM: the same Java, class path and module path as this one, and a JVM sized to be one of
 * several.
 *
 * <p>Nothing secret is on it: a command line can be read by every user of the machine.
 */
final class CommandLine {

    /** Longer paths go through an argument file: a single argument of 128 KiB is refused by Linux, 32 KiB by Windows. */
    private static final int LONGEST_PATH_ARGUMENT = 1 << 14;

    /** Options of this JVM that decide what code may do; a child that lacks them cannot run what its parent can. */
    private static final List<String> INHERITED = List.of(
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--enable-native-access",
            "--enable-preview",
            "-ea",
            "-esa",
            "-da",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions");

    /** The program that starts another one with the lowest priority. */
    private static final Path NICE = Path.of("/usr/bin/nice");

    private static final List<String> OWN_PROPERTIES = List.of(ClassArchive.PROPERTY, ClassArchive.PLACE_PROPERTY);

    private CommandLine() {}

    /**
     * The command for a child.
     *
     * @param folder the child's private folder, which exists; argument file and crash log go there
     */
    static List<String> of(LaunchSpec spec, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        if (spec.purpose() == LaunchSpec.Purpose.CLASS_ARCHIVE && Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        command.add(spec.java().toString());
        command.addAll(archiveOf(spec).arguments());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + crashLog(folder));
        command.addAll(inheritedOptions());
        addOwnProperties(command);
        for (Map.Entry<String, String> property : spec.systemProperties().entrySet()) {
            command.add("-D" + property.getKey() + "=" + property.getValue());
        }
        addPaths(command, folder);
        command.addAll(spec.jvmArgs());
        addMain(command);
        return command;
    }

    /** The archive of classes for such a child. */
    static ClassArchive archiveOf(LaunchSpec spec) {
        return spec.classArchive()
                ? ClassArchive.of(spec.java(), spec.jvmArgs(), inheritedOptions())
                : ClassArchive.NONE;
    }

    /** Settings of the library that hold for the children's children, too. */
    private static void addOwnProperties(List<String> command) {
        for (String property : OWN_PROPERTIES) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
    }

    /** Where the child's JVM writes its last words when it crashes. */
    static Path crashLog(Path folder) {
        return folder.resolve("crash.log");
    }

    private static void addPaths(List<String> command, Path folder) throws IOException {
        List<String> paths = new ArrayList<>();
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            paths.add("-cp");
            paths.add(absolute(classPath));
        }
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath != null) {
            paths.add("--module-path");
            paths.add(absolute(modulePath));
        }
        addShortened(command, paths, folder);
    }

    private static void addMain(List<String> command) {
        String module = ChildMain.class.getModule().getName();
        String mainModule = System.getProperty("jdk.module.main");
        if (mainModule != null) {
            command.add("--add-modules");
            command.add(mainModule);
        }
        if (module != null) {
            command.add("-m");
            command.add(module + "/" + ChildMain.class.getName());
        } else {
            command.add(ChildMain.class.getName());
        }
    }

    private static void addShortened(List<String> command, List<String> paths, Path folder) throws IOException {
        int length = 0;
        for (String argument : paths) {
            length += argument.length();
        }
        if (length < LONGEST_PATH_ARGUMENT) {
            command.addAll(paths);
            return;
        }
        List<String> lines = new ArrayList<>();
        for (String argument : paths) {
            lines.add('"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        Path file = folder.resolve("arguments");
        Files.write(file, lines, Charset.defaultCharset());
        command.add("@" + file);
    }

    /** A child may have another working directory, so relative entries are made absolute; an empty one means "here". */
    private static String absolute(String path) {
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

    /** The options of this JVM, as the system knows them, that a child must have, too. */
    private static List<String> inheritedOptions() {
        String @Nullable [] own = ProcessHandle.current().info().arguments().orElse(null);
        List<String> options = new ArrayList<>();
        if (own == null) {
            return options;
        }
        for (int i = 0; i < own.length && own[i].startsWith("-"); i++) {
            String option = own[i];
            if (takesNext(option)) {
                if (isInherited(option) && i + 1 < own.length) {
                    options.add(option);
                    options.add(own[i + 1]);
                }
                i++;
            } else if (isInherited(option)) {
                options.add(option);
            }
            if (option.equals("-jar") || option.equals("-m") || option.equals("--module")) {
                break;
            }
        }
        return options;
    }

    private static boolean takesNext(String option) {
        return switch (option) {
            case "-cp",
                    "-classpath",
                    "--class-path",
                    "-p",
                    "--module-path",
                    "--upgrade-module-path",
                    "--add-modules",
                    "--limit-modules",
                    "--add-opens",
                    "--add-exports",
                    "--add-reads",
                    "--enable-native-access",
                    "--patch-module",
                    "--describe-module",
                    "-d",
                    "--source",
                    "-jar",
                    "-m",
                    "--module" -> true;
            default -> false;
        };
    }

    private static boolean isInherited(String option) {
        for (String known : INHERITED) {
            if (option.equals(known) || option.startsWith(known + "=") || option.startsWith(known + ":")) {
                return true;
            }
        }
        return false;
    }
}
