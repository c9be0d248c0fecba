package offspring.multiprocessing.internal.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.function.Consumer;
import offspring.core.internal.Logs;

/** Hands the lines that a child prints to a consumer, until the child, and whoever inherited its stream, has ended. */
final class LinePump extends java.lang.Thread {

    private final InputStream from;
    private final Charset letters;
    private final Consumer<String> lines;
    private final String what;

    private LinePump(InputStream from, Charset letters, Consumer<String> lines, String what) {
        super(null, null, "offspring-lines of " + what, 1 << 19);
        this.from = from;
        this.letters = letters;
        this.lines = lines;
        this.what = what;
        setDaemon(true);
    }

    static LinePump start(InputStream from, Charset letters, Consumer<String> lines, String what) {
        LinePump pump = new LinePump(from, letters, lines, what);
        pump.start();
        return pump;
    }

    @Override
    public void run() {
        boolean wanted = true;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(from, letters))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                wanted = wanted && deliver(line);
            }
        } catch (IOException e) {
            Logs.of(LinePump.class).debug("the output of {} broke off", what, e);
        }
    }

    /** A consumer that throws gets no more lines; the child's are read on, so that it does not block on a full pipe. */
    private boolean deliver(String line) {
        try {
            lines.accept(line);
            return true;
        } catch (RuntimeException e) {
            Logs.of(LinePump.class).warn("the consumer of the lines of {} failed and gets no more", what, e);
            return false;
        }
    }
}
