package offspring.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offspring.core.Lock;
import offspring.multiprocessing.Process;
import offspring.queue.Queue;
import offspring.threading.Threading;
import org.slf4j.LoggerFactory;
import org.springframework.boot.loader.tools.Layout;
import org.springframework.boot.loader.tools.Layouts;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.LoaderImplementation;
import org.springframework.boot.loader.tools.Repackager;

/** The jars that the build has made, and what users' builds make of them. */
final class Artifacts {

    private static final Path TARGET = Path.of(System.getProperty("app.target"));

    private Artifacts() {}

    /** The jar of the application. */
    static Path application() {
        return jarOf(App.class);
    }

    /** The jars that the application needs. */
    static List<Path> libraries() {
        return Stream.of(Process.class, Threading.class, Queue.class, Lock.class, LoggerFactory.class)
                .map(Artifacts::jarOf)
                .toList();
    }

    /** The application and what it needs. */
    static List<Path> all() {
        List<Path> all = new ArrayList<>();
        all.add(application());
        all.addAll(libraries());
        return all;
    }

    private static Path jarOf(Class<?> type) {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                throw new AssertionError(type.getName() + " is not in a jar but in " + jar + "; run mvn verify");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The compiled tests, in which there are programs of the tests. */
    static Path classesOfTests() {
        return TARGET.resolve("test-classes");
    }

    /** Paths as one argument of {@code java}. */
    static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator));
    }

    /** The application and all that it needs in one jar, which the shade plugin has made. */
    static Path shaded() {
        return TARGET.resolve("shaded.jar");
    }

    /** What the application has reported from inside Maven. */
    static List<String> reportFromMaven() throws IOException {
        return Files.readAllLines(TARGET.resolve("inside-maven.txt"));
    }

    /** An executable jar or war of Spring Boot, as its Maven plugin makes it. */
    static Path boot(Path jar, Layout layout, LoaderImplementation loader) throws IOException {
        Path plain = layout instanceof Layouts.War ? plainWar(jar.resolveSibling("plain.war")) : application();
        Repackager repackager = new Repackager(plain.toFile());
        repackager.setMainClass(App.class.getName());
        repackager.setLayout(layout);
        repackager.setLoaderImplementation(loader);
        repackager.setBackupSource(false);
        repackager.repackage(jar.toFile(), callback -> {
            for (Path library : libraries()) {
                callback.library(new Library(library.toFile(), LibraryScope.RUNTIME));
            }
        });
        return jar;
    }

    /** A war file with the application's classes, as the war plugin makes it. */
    private static Path plainWar(Path war) throws IOException {
        try (JarFile file = new JarFile(application().toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(war))) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().endsWith(".class")) {
                    out.putNextEntry(new JarEntry("WEB-INF/classes/" + entry.getName()));
                    file.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return war;
    }

    /** The content of a jar in a folder. */
    static Path unpacked(Path jar, Path folder) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? target : target.getParent());
                if (!entry.isDirectory()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
        return folder;
    }

    /** A jar with nothing but a manifest that names a class path, as Surefire and IDEs make it. */
    static Path manifestJar(Path folder, List<Path> entries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, App.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                entries.stream().map(entry -> entry.toUri().toString()).collect(Collectors.joining(" ")));
        Path jar = folder.resolve("manifest.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("META-INF/empty"));
            out.closeEntry();
        }
        return jar;
    }

    /** Copies of all jars in a folder, where others may read them. */
    static List<Path> copies(Path folder) throws IOException {
        Files.createDirectories(folder);
        return all().stream().map(jar -> copy(jar, folder)).toList();
    }

    private static Path copy(Path jar, Path folder) {
        try {
            return Files.copy(jar, folder.resolve(jar.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
