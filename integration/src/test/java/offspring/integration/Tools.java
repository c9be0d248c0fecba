package offspring.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import offspring.testkit.Deadlines;

/** The tools of the system that some tests need, and what is skipped where they are not there. */
final class Tools {

    private static final int MEGABYTES_OF_A_CHILD = 45;

    private Tools() {}

    /** The test goes on only if files may have names of all letters, and the test's own JVM can write them. */
    static void assumeForeignNames(Path folder) {
        String encoding = System.getProperty("sun.jnu.encoding");
        assumeTrue(
                "UTF-8".equals(encoding) && Files.isExecutable(Path.of("/bin/sh")),
                "this JVM gives names of files in " + encoding + "; run with LC_ALL=C.UTF-8: " + folder);
    }

    /** The test goes on only for the system's administrator, with this tool. */
    static void assumeRootWith(String tool) {
        assumeTrue("root".equals(System.getProperty("user.name")), "only the administrator may change the user");
        assumeTrue(isThere(tool), "there is no " + tool);
    }

    /** The test goes on only where it may have mounts of its own. */
    static void assumeOwnMounts() throws IOException, InterruptedException {
        assumeTrue(isThere("unshare") && isThere("mount"), "there is no unshare, or no mount");
        assumeTrue(
                succeeds(withMounts("mount -t tmpfs -o size=1m tmpfs /dev/shm"), "true"),
                "this user may not have mounts of its own");
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    private static boolean succeeds(String[] prefix, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList(prefix));
        all.addAll(Arrays.asList(command));
        Process process = new ProcessBuilder(all)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        return ended && process.exitValue() == 0;
    }

    /** A command that runs another one in a world of its own, in which the root is read-only, and this is mounted. */
    static String[] withMounts(String... mounts) {
        List<String> steps = new ArrayList<>();
        steps.add("mount --make-rprivate /");
        steps.addAll(List.of(mounts));
        steps.add("mount -o remount,bind,ro /");
        steps.add("! touch /offspring-probe 2>/dev/null");
        steps.add("exec \"$@\"");
        return new String[] {"unshare", "-m", "sh", "-c", String.join(" && ", steps), "sh"};
    }

    /** So many children, or as many as the free memory is enough for. */
    static int childrenThatFit(int wanted) throws IOException {
        Path meminfo = Path.of("/proc/meminfo");
        if (!Files.isReadable(meminfo)) {
            return Math.min(wanted, 50);
        }
        long kilobytes = Files.readAllLines(meminfo).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
        int fit = (int) Math.max(10, (kilobytes / 1024 - 1024) / MEGABYTES_OF_A_CHILD);
        if (fit < wanted) {
            System.out.println("the memory that is free is enough for " + fit + " children, not for " + wanted);
        }
        return Math.min(wanted, fit);
    }

    /** A folder that everybody may read, below one that only the owner may. */
    static Path openFolder(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.createDirectory(
                folder.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
