package offspring.examples.speedup;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come: a moving bar on a terminal, nothing elsewhere. Used by one thread.
 *
 * <p>The width is fixed, so that the bar's library need not ask the terminal for it, which takes native code that newer
 * JVMs warn about.
 */
final class Progress {

    private static final int WIDTH = 78;

    private final PrintStream out;
    private final boolean live;
    private @Nullable ProgressBar bar;

    private Progress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** A bar on the given stream. */
    static Progress on(PrintStream out) {
        return new Progress(out, true);
    }

    /** Shows nothing. */
    static Progress hidden() {
        return new Progress(System.err, false);
    }

    /** A bar on standard error if that is a terminal. */
    static Progress ofStandardError() {
        return Terminal.isStandardError() ? on(System.err) : hidden();
    }

    /** A run begins that expects {@code steps} steps. */
    void begin(String name, int steps) {
        end();
        if (live) {
            bar = new ProgressBarBuilder()
                    .setTaskName(String.format("%-12s", name))
                    .setInitialMax(steps)
                    .setUpdateIntervalMillis(100)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                    .build();
        }
    }

    /** The run turns out to take {@code steps} steps. */
    void expect(int steps) {
        if (bar != null) {
            bar.maxHint(steps);
        }
    }

    /** One step is done. */
    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /** The run is over, well or not. */
    void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
