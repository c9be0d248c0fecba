package offspring.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A program for CPython that lies on the class path, in a file while this is open. */
public final class Script implements AutoCloseable {

    private final Path path;

    private Script(Path path) {
        this.path = path;
    }

    /**
     * Lays it down in a new file.
     *
     * @param owner a class of the package that it lies in
     * @param name its name there
     * @throws IOException if it cannot be written, or is not on the class path
     */
    public static Script open(Class<?> owner, String name) throws IOException {
        try (InputStream source = owner.getResourceAsStream(name)) {
            if (source == null) {
                throw new IOException(name + " is missing from the class path: build the benchmarks again");
            }
            Script script = new Script(Files.createTempFile("offspring-", "-" + name));
            Files.copy(source, script.path, StandardCopyOption.REPLACE_EXISTING);
            return script;
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
