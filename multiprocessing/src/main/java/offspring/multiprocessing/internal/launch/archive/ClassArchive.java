package offspring.multiprocessing.internal.launch.archive;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The archive of classes for children with certain options: of the JDK's and the library's classes that a child needs, laid out as
 * they lie in memory.
 *
 * <p>It is looked for when the first child is started, and made, if there is none, by a JVM of its own after the second: a program
 * with one child would not gain from it. Whatever goes wrong costs the archive and a line in the log at DEBUG, never a start.
 *
 * <p><b>States.</b> {@code file} is null until an archive is found or made; {@code starts} counts children, and the one that makes
 * it {@value #WORTHWHILE} asks for the making, so there is one maker at most in this process. A lock in the directory keeps
 * other processes from making the same one at the same time: they wait for it. Two at once would do no harm.
 */
public final class ClassArchive {

    /** The system property that says "off" when there are to be no archives. */
    public static final String PROPERTY = "offspring.classArchive";

    /** The system property that names the directory in which archives are kept. */
    public static final String PLACE_PROPERTY = CacheDirectory.PLACE_PROPERTY;

    private static final int WORTHWHILE = 2;
    private static final Map<List<String>, ClassArchive> KNOWN = new ConcurrentHashMap<>();
    /** None, and none will be made. */
    public static final ClassArchive NONE = new ClassArchive(null, null, List.of(), null);

    private static final String[] OPPOSED = {
        "-Xshare",
        "-XX:SharedArchiveFile",
        "-XX:+AutoCreateSharedArchive",
        "-XX:ArchiveClassesAtExit",
        "-XX:AOT",
        "--patch-module",
        "--limit-modules",
        "--upgrade-module-path"
    };

    private final @Nullable CacheDirectory directory;
    private final @Nullable String fingerprint;
    private final List<String> options;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable Path file;

    private ClassArchive(
            @Nullable CacheDirectory directory,
            @Nullable String fingerprint,
            List<String> options,
            @Nullable Path file) {
        this.directory = directory;
        this.fingerprint = fingerprint;
        this.options = options;
        this.file = file;
    }

    /**
     * The archive for children of this JVM.
     *
     * @param java the program that is started
     * @param jvmArgs the user's options for the child
     * @param inherited the options that it has from this JVM
     */
    public static ClassArchive of(Path java, List<String> jvmArgs, List<String> inherited) {
        if ("off".equals(System.getProperty(PROPERTY)) || !isOwn(java) || isOpposed(jvmArgs) || isOpposed(inherited)) {
            return NONE;
        }
        List<String> options = Fingerprint.relevant(jvmArgs);
        List<String> all = new ArrayList<>(options);
        all.addAll(Fingerprint.relevant(inherited));
        return KNOWN.computeIfAbsent(all, key -> look(options, key));
    }

    /** Another JDK has other classes; one that does not share classes itself has a reason. */
    private static boolean isOwn(Path java) {
        return java.startsWith(System.getProperty("java.home"))
                && System.getProperty("java.vm.info", "").contains("sharing");
    }

    private static boolean isOpposed(List<String> jvmArgs) {
        for (String arg : jvmArgs) {
            for (String beginning : OPPOSED) {
                if (arg.startsWith(beginning)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ClassArchive look(List<String> options, List<String> all) {
        try {
            String fingerprint = Fingerprint.of(all);
            if (fingerprint == null) {
                Logs.of(ClassArchive.class)
                        .debug("no class archive: there is a directory on the class path, not only jar files");
                return NONE;
            }
            CacheDirectory directory = CacheDirectory.open();
            if (directory.isDiscouraged(fingerprint)) {
                Logs.of(ClassArchive.class).debug("no class archive: {} could not be made lately", fingerprint);
                return NONE;
            }
            return new ClassArchive(directory, fingerprint, options, directory.find(fingerprint));
        } catch (IOException | RuntimeException e) {
            Logs.of(ClassArchive.class).debug("no class archive: {}", e.toString());
            return NONE;
        }
    }

    /** The options with which a child uses it; none if there is none yet. They never make a JVM print anything. */
    public List<String> arguments() {
        Path found = file;
        if (found == null || !Files.exists(found)) {
            return List.of();
        }
        String quiet = Runtime.version().feature() >= 24 ? "-Xlog:cds*=off,aot*=off" : "-Xlog:cds*=off";
        return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + found, quiet);
    }

    /** Counts a start; says whether it is time to make the archive. */
    public boolean isWanted() {
        return directory != null && file == null && starts.incrementAndGet() == WORTHWHILE;
    }

    /** Starts a JVM with these options, and these additional ones, that does what children do and ends. */
    @FunctionalInterface
    public interface Maker {

        /** Completed with its exit code when it has ended. */
        CompletableFuture<Integer> start(List<String> jvmArgs) throws IOException;
    }

    /** Makes the archive, or waits until another process has made it. */
    public void make(Maker maker) {
        CacheDirectory where = directory;
        String mine = fingerprint;
        if (where == null || mine == null) {
            return;
        }
        try {
            FileLock lock = where.lock(mine);
            if (lock == null) {
                Logs.of(ClassArchive.class).debug("another copy of the library makes class archive {}", mine);
                return;
            }
            try {
                file = where.find(mine); // another process may have made it
                if (file == null) {
                    make(maker, where, mine);
                }
            } finally {
                lock.channel().close();
            }
        } catch (IOException | RuntimeException e) {
            Logs.of(ClassArchive.class).debug("the class archive could not be made", e);
        }
    }

    private void make(Maker maker, CacheDirectory where, String mine) throws IOException {
        Path unfinished = where.unfinished(mine);
        List<String> args = new ArrayList<>(options);
        args.add("-XX:ArchiveClassesAtExit=" + unfinished);
        try {
            int code = maker.start(args).join();
            if (code == 0 && Files.exists(unfinished)) {
                file = where.keep(mine, unfinished);
                Logs.of(ClassArchive.class).debug("made class archive {}", file);
            } else {
                Logs.of(ClassArchive.class)
                        .debug("the JVM that was to make class archive {} ended with code {}", mine, code);
                if (code >= 0) { // not because this program ends, or somebody has killed it
                    where.discourage(mine);
                }
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public String toString() {
        return "ClassArchive[" + fingerprint + ", " + file + "]";
    }
}
