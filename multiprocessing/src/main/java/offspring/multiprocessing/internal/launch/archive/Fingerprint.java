package offspring.multiprocessing.internal.launch.archive;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import offspring.multiprocessing.internal.launch.options.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether an archive of classes fits a child, in a few letters: the build of the JDK, the class path and module path
 * with the sizes and times of what is on them, and the options that change how a JVM lays out classes and heap.
 *
 * <p>The letters tell archives apart, they protect against nobody: the directory is private, and the JVM checks what it reads.
 */
final class Fingerprint {

    /** From this heap on a JVM uses wide references, and archives of the other kind do not fit. */
    private static final long WIDE_HEAP = 31L << 30;

    private static final String[] NO_MATTER = {
        "-D",
        "-Xlog",
        "-verbose",
        "-Xmx",
        "-Xms",
        "-Xmn",
        "-Xss",
        "-agent",
        "-javaagent",
        "-Xrun",
        "-Xdebug",
        "-XX:ErrorFile",
        "-XX:HeapDumpPath",
        "-XX:+HeapDumpOnOutOfMemoryError",
        "-XX:OnOutOfMemoryError",
        "-XX:OnError"
    };

    private Fingerprint() {}

    /** Those of a child's options for which an archive is made: with the others it fits as well. */
    static List<String> relevant(List<String> jvmArgs) {
        List<String> relevant = new ArrayList<>();
        for (String arg : jvmArgs) {
            if (!startsWithAny(arg, NO_MATTER)) {
                relevant.add(arg);
            } else if (arg.startsWith("-Xmx") && Sizes.bytes(arg.substring(4)) >= WIDE_HEAP) {
                relevant.add("-XX:-UseCompressedOops");
            }
        }
        return relevant;
    }

    private static boolean startsWithAny(String arg, String[] beginnings) {
        for (String beginning : beginnings) {
            if (arg.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The fingerprint for children of this JVM.
     *
     * @param arguments the options of the child that matter, and those that it inherits
     * @return the letters; null when the class path has a directory with files in it, of which no archive can be made
     * @throws IOException if something on the path cannot be looked at
     */
    static @Nullable String of(List<String> arguments) throws IOException {
        StringBuilder text = new StringBuilder(4096);
        for (String property : new String[] {"java.vm.name", "java.vm.vendor", "java.vm.version", "os.arch"}) {
            text.append(System.getProperty(property)).append('\n');
        }
        Path home = Path.of(System.getProperty("java.home"));
        addFile(home.resolve("lib").resolve("modules"), text);
        for (String argument : arguments) {
            text.append(argument).append('\n');
        }
        text.append(System.getProperty("jdk.module.main")).append('\n');
        boolean archivable = addPath(System.getProperty("java.class.path", ""), false, text)
                && addPath(System.getProperty("jdk.module.path", ""), true, text);
        return archivable ? letters(text.toString()) : null;
    }

    private static boolean addPath(String path, boolean ofModules, StringBuilder text) throws IOException {
        for (String entry : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(entry).toAbsolutePath();
            if (!entry.isEmpty() && Files.isDirectory(file)) {
                if (!addDirectory(file, ofModules, text)) {
                    return false;
                }
            } else if (!entry.isEmpty()) {
                addFile(file, text);
            } else if (!path.isEmpty()) {
                return false; // the working directory
            }
        }
        return true;
    }

    /** A directory on the module path has modules in it; one on the class path must be empty. */
    private static boolean addDirectory(Path directory, boolean ofModules, StringBuilder text) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
            for (Path file : content) {
                if (!ofModules || Files.isDirectory(file)) {
                    return false;
                }
                addFile(file, text);
            }
        }
        return true;
    }

    private static void addFile(Path file, StringBuilder text) throws IOException {
        text.append(file).append(' ');
        if (Files.exists(file)) {
            text.append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis());
        }
        text.append('\n');
    }

    private static String letters(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32 one = new CRC32();
        one.update(bytes);
        CRC32C other = new CRC32C();
        other.update(bytes);
        return Long.toString(one.getValue() << 31 ^ other.getValue(), 36);
    }
}
