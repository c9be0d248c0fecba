package offspring.integration;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the application tells what it has done: its standard output, or the file that the property {@code app.report} names. */
final class Report implements AutoCloseable {

    private final PrintStream out;
    private final boolean own;

    private Report(PrintStream out, boolean own) {
        this.out = out;
        this.own = own;
    }

    static Report open() throws IOException {
        String file = System.getProperty("app.report");
        if (file == null) {
            return new Report(System.out, false);
        }
        return new Report(new PrintStream(Files.newOutputStream(Path.of(file)), true, StandardCharsets.UTF_8), true);
    }

    /** Tells one line; any thread may. */
    void line(String text) {
        out.println(text);
    }

    @Override
    public void close() {
        out.flush();
        if (own) {
            out.close();
        }
    }
}
