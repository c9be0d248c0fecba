package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.codec.graph.ClassResolver;
import org.jspecify.annotations.Nullable;

/**
 * Where a child finds the classes of this program: what the class loaders here read them from, in a form that a command line can
 * express.
 *
 * <pre>
 *   the system's loader has them                      the same class path and module path
 *   loaders below it read files and directories       those, in the order in which the loaders ask each other, then the class path
 *   Spring Boot's loader reads jars within a jar      the same jar, through Spring Boot's launcher
 *   a source file was started, or JShell              copies of the classes in memory, then the class path
 *   anything else                                     refused, before anything is started
 * </pre>
 *
 * <p>In the child there is one loader where there may be several here. So a class that is there twice is the one that the
 * innermost loader here finds.
 *
 * @param entries what comes before the class path of this JVM; empty when that is all
 * @param classPath whether the class path of this JVM follows
 * @param launcher the main class that makes the loader in the child, and starts ours in it, after options for it; empty when none is needed
 */
public record ClassSource(List<Path> entries, boolean classPath, List<String> launcher) {

    /** As this JVM was started, so is the child. */
    public static final ClassSource SYSTEM = new ClassSource(List.of(), true, List.of());

    private static final String BOOT = "org.springframework.boot.loader.";
    private static final String REFUSED = "a child process cannot load the classes of this program";

    /**
     * The source of the classes that work is made of, and of those that it may meet.
     *
     * @param work the work's class
     * @throws IllegalStateException if a child could not find them; says what to do
     * @throws IOException if classes that are only in memory cannot be copied
     */
    public static ClassSource of(Class<?> work) throws IOException {
        ClassLoader own = ownLoader();
        ClassLoader loader = work.getClassLoader();
        return from(loader == null || isBelow(own, loader) ? own : loader, work, own);
    }

    /**
     * The source of the classes of who calls the library on this thread: for workers, whose work comes later.
     *
     * @throws IllegalStateException if a child could not find them; says what to do
     * @throws UncheckedIOException if classes that are only in memory cannot be copied
     */
    public static ClassSource ofCaller() {
        ClassLoader own = ownLoader();
        try {
            for (Class<?> caller : MemoryClasses.atWork()) {
                ClassLoader loader = caller.getClassLoader();
                if (loader != null && isBelow(loader, own)) {
                    return from(loader, caller, own);
                }
            }
            return from(own, ClassSource.class, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassSource from(ClassLoader loader, Class<?> work, ClassLoader own) throws IOException {
        ClassLoader context = java.lang.Thread.currentThread().getContextClassLoader();
        boolean further =
                context != null && context != loader && isBelow(context, loader) && isReadable(context, loader);
        ClassLoader wanted = further ? context : loader; // what the work meets may be of a loader further down
        if (wanted == ClassLoader.getSystemClassLoader()) {
            return SYSTEM;
        }
        if (wanted != own && !isBelow(wanted, own)) {
            throw refused(
                    wanted,
                    "it does not ask the loader of this library, " + own
                            + ", for classes; load both by one loader, or put both on the class path");
        }
        ClassSource source = read(wanted, work);
        ClassResolver.alsoAsk(wanted); // what comes back may be of it, too, and meet a thread that knows nothing of it
        return source;
    }

    /** The source of the library's own classes, for JVMs that are started before there is work; the system's if there is no other. */
    public static ClassSource ofLibrary() {
        ClassLoader own = ownLoader();
        try {
            return own == ClassLoader.getSystemClassLoader() || !isReadable(own, ClassLoader.getSystemClassLoader())
                    ? SYSTEM
                    : read(own, ClassSource.class);
        } catch (IOException e) {
            Logs.of(ClassSource.class).debug("the classes in {} cannot be copied", own, e);
            return SYSTEM;
        }
    }

    private static ClassLoader ownLoader() {
        ClassLoader own = ClassSource.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /** Whether a loader asks another one, be it by way of a third. */
    private static boolean isBelow(ClassLoader lower, ClassLoader upper) {
        for (ClassLoader each = lower.getParent(); each != null; each = each.getParent()) {
            if (each == upper) {
                return true;
            }
        }
        return false;
    }

    /** Whether all loaders from one up to another can be read, which is asked where the answer may be no. */
    private static boolean isReadable(ClassLoader lower, ClassLoader upper) {
        for (ClassLoader each = lower; each != null && each != upper; each = each.getParent()) {
            if (!isBoot(each)
                    && !MemoryClasses.areIn(each)
                    && !(each instanceof URLClassLoader urls && areFiles(urls))) {
                return false;
            }
        }
        return true;
    }

    private static ClassSource read(ClassLoader wanted, Class<?> work) throws IOException {
        if (isBoot(wanted)) {
            return boot(wanted);
        }
        Set<Path> entries = new LinkedHashSet<>();
        boolean reachesSystem = addAll(wanted, work, entries);
        return new ClassSource(List.copyOf(entries), reachesSystem, List.of());
    }

    /**
     * Adds what a loader and those above it read, in the order in which they are asked; says whether the system's loader is one of them. The
     * JDK's own loader asks its parent first; who writes another one does so because the parent shall not be first.
     */
    private static boolean addAll(@Nullable ClassLoader loader, Class<?> work, Set<Path> entries) throws IOException {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return false;
        }
        if (loader == ClassLoader.getSystemClassLoader()) {
            return true;
        }
        boolean parentFirst = loader.getClass().getName().startsWith("java.net.");
        boolean reachesSystem = parentFirst && addAll(loader.getParent(), work, entries);
        entries.addAll(ownEntries(loader, work));
        return parentFirst ? reachesSystem : addAll(loader.getParent(), work, entries);
    }

    private static List<Path> ownEntries(ClassLoader loader, Class<?> work) throws IOException {
        if (MemoryClasses.areIn(loader)) {
            return List.of(MemoryClasses.copied(loader, work));
        }
        if (!(loader instanceof URLClassLoader urls)) {
            throw refused(
                    loader,
                    "it does not tell where it reads them; start the program from a class path or a module path, or from jar"
                            + " files in a URLClassLoader");
        }
        List<Path> entries = new ArrayList<>();
        for (URL url : urls.getURLs()) {
            Path file = fileOf(url);
            if (file == null) {
                throw refused(
                        loader,
                        "it reads " + url + ", which is no file; put the classes into jar files or directories");
            }
            entries.add(file);
        }
        return entries;
    }

    private static boolean areFiles(URLClassLoader loader) {
        for (URL url : loader.getURLs()) {
            if (fileOf(url) == null) {
                return false;
            }
        }
        return true;
    }

    /** The file or directory behind a URL of a class loader; null if it is something else. */
    private static @Nullable Path fileOf(URL url) {
        String text = url.toString();
        if (text.startsWith("jar:") && text.endsWith("!/")) {
            text = text.substring(4, text.length() - 2);
        }
        if (!text.startsWith("file:")) {
            return null;
        }
        try {
            return Path.of(new URI(text));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Path.of(text.substring("file:".length())); // as File.toURL writes it
        }
    }

    // ---- Spring Boot

    private static boolean isBoot(ClassLoader loader) {
        return loader.getClass().getName().startsWith(BOOT);
    }

    /**
     * The launcher beside the one that made the loader, which starts the main class that it is told. By itself it looks where executable
     * jars have their classes; those of war files it must be told.
     */
    private static ClassSource boot(ClassLoader loader) {
        List<String> launcher = new ArrayList<>();
        if (loader instanceof URLClassLoader urls && isWar(urls)) {
            launcher.add("-Dloader.path=WEB-INF/classes,WEB-INF/lib,WEB-INF/lib-provided");
        }
        String name = loader.getClass().getName();
        launcher.add("-Dloader.main=" + ChildMain.class.getName());
        launcher.add(name.substring(0, name.lastIndexOf('.') + 1) + "PropertiesLauncher");
        return new ClassSource(List.of(), true, launcher);
    }

    private static boolean isWar(URLClassLoader loader) {
        for (URL url : loader.getURLs()) {
            if (url.toString().contains("WEB-INF/")) {
                return true;
            }
        }
        return false;
    }

    private static IllegalStateException refused(ClassLoader loader, String why) {
        return new IllegalStateException(
                REFUSED + ", which are in the class loader " + loader.getClass().getName() + ": " + why);
    }

    /** Whether an archive of classes may be used, which is made for the class path of this JVM. */
    boolean isPlain() {
        return entries.isEmpty() && classPath && launcher.isEmpty();
    }
}
