package offspring.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Programs for CPython that lie on the class path, in a folder of their own while this is open. */
public final class Scripts implements AutoCloseable {

    private final Path folder;

    private Scripts(Path folder) {
        this.folder = folder;
    }

    /**
     * Lays them down in a new folder.
     *
     * @param owner a class of the package that they lie in
     * @param names their names there
     * @throws IOException if one cannot be written, or is not on the class path
     */
    public static Scripts open(Class<?> owner, List<String> names) throws IOException {
        Scripts scripts = new Scripts(Files.createTempDirectory("offspring-scripts"));
        for (String name : names) {
            try (InputStream source = owner.getResourceAsStream(name)) {
                if (source == null) {
                    throw new IOException(name + " is missing from the class path: build the benchmarks again");
                }
                Files.copy(source, scripts.file(name));
            }
        }
        return scripts;
    }

    /** The file of one of them. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** With what CPython has compiled beside them. */
    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
