package offspring.javadoc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an example prints in this JVM, kept back to be compared with what its comments say. */
final class Printed implements AutoCloseable {

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Printed() {}

    static Printed open() {
        Printed printed = new Printed();
        System.setOut(new PrintStream(printed.bytes, true, StandardCharsets.UTF_8));
        return printed;
    }

    List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        System.setOut(before);
    }
}
