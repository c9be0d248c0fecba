package offspring.multiprocessing.internal.launch.diagnosis;

import java.nio.file.Path;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted to find out what is wrong with children.
 *
 * @param debug how a debugger can attach; null: none can
 * @param keepFiles the directory in which files of ended children are kept; null: they are removed
 * @param heapDumps the directory in which a child dumps its heap when it runs out of it; null: it does not
 */
public record Diagnostics(
        @Nullable Debug debug,
        @Nullable Path keepFiles,
        @Nullable Path heapDumps) {

    /** Nothing. */
    public static final Diagnostics NONE = new Diagnostics(null, null, null);

    /** The system property that lets a debugger attach to each child of a program that says nothing of it itself. */
    public static final String DEBUG_PROPERTY = "offspring.debugChildren";

    /** The system property that names the directory in which files of ended children are kept. */
    public static final String KEEP_PROPERTY = "offspring.keepFiles";

    /**
     * How a debugger can attach.
     *
     * @param port the first port that is tried; 0: any
     * @param suspend whether the child waits for it
     * @param listener hears of the port; null: standard error does
     */
    public record Debug(int port, boolean suspend, @Nullable ObjIntConsumer<String> listener) {}

    /**
     * The same, with what the system properties say where this says nothing.
     *
     * @param debugged whether a debugger can attach already, by an option of the user's own
     */
    public Diagnostics orOfThisJvm(boolean debugged) {
        String wanted = debugged ? null : System.getProperty(DEBUG_PROPERTY);
        String place = System.getProperty(KEEP_PROPERTY);
        if ((debug != null || wanted == null) && (keepFiles != null || place == null)) {
            return this;
        }
        return new Diagnostics(
                debug == null && wanted != null ? parse(wanted) : debug,
                keepFiles == null && place != null ? Path.of(place).toAbsolutePath() : keepFiles,
                heapDumps);
    }

    /** Reads {@code suspend}, {@code 5005}, or both with a comma between them; an empty text is a debugger at any port. */
    static Debug parse(String text) {
        int port = 0;
        boolean suspend = false;
        for (String word : text.split(",", -1)) {
            if (word.equals("suspend")) {
                suspend = true;
            } else if (isNumber(word)) {
                port = Integer.parseInt(word);
            } else if (!word.isEmpty() && !word.equals("true")) {
                throw unknown(text);
            }
        }
        if (port > 0xffff) {
            throw unknown(text);
        }
        return new Debug(port, suspend, null);
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("the system property " + DEBUG_PROPERTY + " is \"" + text
                + "\"; give \"suspend\", a port from 0 to 65535, both with a comma between them, or nothing");
    }
}
