package offspring.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What is printed to {@link System#err} while this is open, kept back for a test to look at.
 *
 * <pre>{@code
 * try (var err = CapturedErr.open()) {
 *     fail();
 *     assertThat(err.text()).contains("Exception in thread");
 * }
 * }</pre>
 */
public final class CapturedErr implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private CapturedErr() {}

    /** Begins to keep back what is printed. */
    public static CapturedErr open() {
        CapturedErr captured = new CapturedErr();
        System.setErr(new PrintStream(captured.bytes, true, StandardCharsets.UTF_8));
        return captured;
    }

    /** All that was printed so far. */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Puts the stream back that was there before. */
    @Override
    public void close() {
        System.setErr(before);
    }
}
