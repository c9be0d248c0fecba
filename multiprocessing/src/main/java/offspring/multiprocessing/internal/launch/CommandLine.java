package offspring.multiprocessing.internal.launch;

import java.io.File;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offspring.multiprocessing.internal.launch.archive.ClassArchive;
import offspring.multiprocessing.internal.launch.diagnosis.Diagnostics;
import offspring.multiprocessing.internal.launch.options.HeapShare;
import offspring.multiprocessing.internal.launch.options.Inheritance;

/**
 * The command that starts a child JVM: the same Java, class path and module path as this one, and a JVM sized to be one of
 * several.
 *
 * <p>Nothing secret is on it: a command line can be read by every user of the machine.
 */
final class CommandLine {

    /** Longer paths go through an argument file: a single argument of 128 KiB is refused by Linux, 32 KiB by Windows. */
    private static final int LONGEST_PATH_ARGUMENT = 1 << 14;

    /**
     * The JDK's own archive of classes is mapped where it was made for. Else each JVM moves it to an address of its own, page by page: 12 MB of
     * memory that it then shares with nobody, and a tenth of the time that it takes to boot.
     */
    private static final List<String> MAPPED_IN_PLACE =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private static final int LAST_KNOWN = 25;

    /** The program that starts another one with the lowest priority. */
    private static final Path NICE = Path.of("/usr/bin/nice");

    private static final List<String> OWN_PROPERTIES = List.of(ClassArchive.PROPERTY, Diagnostics.DEBUG_PROPERTY);

    /** Those that name a place, for children that may have another working directory. */
    private static final List<String> OWN_PLACES = List.of(ClassArchive.PLACE_PROPERTY, Diagnostics.KEEP_PROPERTY);

    private CommandLine() {}

    /**
     * The command for a child.
     *
     * @param folder the child's private folder, which exists; argument file and crash log go there
     * @param diagnosis options for finding out what is wrong with it
     */
    static List<String> of(LaunchSpec spec, Path folder, List<String> diagnosis) throws IOException {
        List<String> command = new ArrayList<>();
        if (spec.purpose() == LaunchSpec.Purpose.CLASS_ARCHIVE && Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        command.add(spec.java().toString());
        command.addAll(archiveOf(spec).arguments());
        if (!Inheritance.isCollectorChosen(spec.jvmArgs(), spec.environment())) {
            command.add("-XX:+UseSerialGC");
        }
        command.add("-XX:-UsePerfData");
        if (isMappedInPlace(spec)) {
            command.addAll(MAPPED_IN_PLACE);
        }
        command.add("-XX:ErrorFile=" + crashLog(folder));
        command.addAll(Inheritance.options());
        if (spec.purpose() != LaunchSpec.Purpose.CLASS_ARCHIVE) {
            addOwnProperties(command);
        }
        for (Map.Entry<String, String> property : spec.systemProperties().entrySet()) {
            command.add("-D" + property.getKey() + "=" + property.getValue());
        }
        addPaths(command, spec.classes(), folder);
        command.addAll(HeapShare.fitting(spec.jvmArgs(), spec.environment()));
        command.addAll(diagnosis);
        command.addAll(spec.jvmArgs());
        addMain(command, spec.classes());
        return command;
    }

    /** The option is a diagnostic one, which a JVM that does not know it would not start with: so only for those that are known to have it. */
    private static boolean isMappedInPlace(LaunchSpec spec) {
        return spec.java().startsWith(System.getProperty("java.home"))
                && Runtime.version().feature() <= LAST_KNOWN
                && isHotSpot(System.getProperty("java.vm.name", ""));
    }

    private static boolean isHotSpot(String vm) {
        return vm.startsWith("OpenJDK") || vm.startsWith("Java HotSpot");
    }

    /** The archive of classes for such a child. */
    static ClassArchive archiveOf(LaunchSpec spec) {
        return spec.classArchive() && spec.classes().isPlain()
                ? ClassArchive.of(spec.java(), spec.jvmArgs(), Inheritance.options())
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
        for (String property : OWN_PLACES) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + Path.of(value).toAbsolutePath());
            }
        }
    }

    /** Where the child's JVM writes its last words when it crashes. */
    static Path crashLog(Path folder) {
        return folder.resolve("crash.log");
    }

    private static void addPaths(List<String> command, ClassSource classes, Path folder) throws IOException {
        List<String> paths = new ArrayList<>();
        String classPath = classPath(classes);
        if (!classPath.isEmpty()) {
            paths.add("-cp");
            paths.add(classPath);
        }
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath != null) {
            paths.add("--module-path");
            paths.add(Inheritance.absolute(modulePath));
        }
        addShortened(command, paths, folder);
    }

    private static String classPath(ClassSource classes) {
        StringBuilder path = new StringBuilder();
        for (Path entry : classes.entries()) {
            path.append(path.length() == 0 ? "" : File.pathSeparator).append(entry.toAbsolutePath());
        }
        String own = classes.classPath() ? System.getProperty("java.class.path", "") : "";
        if (!own.isEmpty()) {
            path.append(path.length() == 0 ? "" : File.pathSeparator).append(Inheritance.absolute(own));
        }
        return path.toString();
    }

    private static void addMain(List<String> command, ClassSource classes) {
        if (!classes.launcher().isEmpty()) {
            command.addAll(classes.launcher());
            return;
        }
        String module = ChildMain.class.getModule().getName();
        String modules = modulesOfTheProgram();
        if (!modules.isEmpty()) {
            command.add("--add-modules");
            command.add(modules);
        }
        if (module != null) {
            command.add("-m");
            command.add(module + "/" + ChildMain.class.getName());
        } else {
            command.add(ChildMain.class.getName());
        }
    }

    /** The child's main module is another one, so modules that only the program's names would be missing. */
    private static String modulesOfTheProgram() {
        StringBuilder names = new StringBuilder();
        for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
            URI location = module.reference().location().orElse(null);
            if (location != null && !"jrt".equals(location.getScheme())) {
                names.append(names.length() == 0 ? "" : ",").append(module.name());
            }
        }
        return names.toString();
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
        Files.write(file, lines, encoding());
        command.add("@" + file);
    }

    /** In which {@code java} reads its arguments, and files with arguments. */
    private static Charset encoding() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
