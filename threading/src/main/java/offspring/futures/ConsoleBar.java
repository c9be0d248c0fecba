package offspring.futures;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import offspring.futures.Progress.Snapshot;

/**
 * One bar of a {@link ConsoleProgress}. All that knows the optional library is here, so that everything else loads without it.
 *
 * <p>The width is given, so that the library need not ask the terminal for it, which takes native code that newer JVMs warn about.
 */
final class ConsoleBar {

    private static final long UNKNOWN = -1;
    private static final int REDRAW_MILLIS = 100;

    private final Line line;
    private final ProgressBar bar;
    private volatile Snapshot latest;

    /** Where the bar is drawn; knows whether its line has ended. */
    private static final class Line extends ConsoleProgressBarConsumer {

        private boolean ended;

        Line(PrintStream out, int width) {
            super(out, width);
        }

        @Override
        public void close() {
            ended = true;
            super.close();
        }
    }

    ConsoleBar(String name, PrintStream out, int width, Snapshot first) {
        latest = first;
        line = new Line(out, width);
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(first.total().orElse(UNKNOWN))
                .startsFrom(0, first.elapsed())
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setEtaFunction(state -> left())
                .setConsumer(line)
                .build();
    }

    /** Loads the library, or throws a {@link NoClassDefFoundError}. */
    static void touchLibrary() {
        ProgressBarStyle unused = ProgressBarStyle.ASCII;
    }

    void show(Snapshot snapshot) {
        latest = snapshot;
        snapshot.total().ifPresent(bar::maxHint);
        bar.setExtraMessage(String.format(Locale.ROOT, " %.1f/s", snapshot.perSecond())
                + (snapshot.failed() == 0 ? "" : ", " + snapshot.failed() + " failed"));
        bar.stepTo(snapshot.done());
    }

    /** How long the rest takes if it goes on like this; the library would not count what was done before the bar appeared. */
    private Optional<Duration> left() {
        Snapshot now = latest;
        if (now.done() == 0 || now.total().isEmpty()) {
            return Optional.empty();
        }
        double rest = (double) (now.total().getAsLong() - now.done()) / now.perSecond();
        return Optional.of(Duration.ofMillis((long) (Math.max(0, rest) * 1000)));
    }

    /** Draws it a last time, and ends the line. */
    void end() {
        boolean interrupted = Thread.interrupted(); // the library would print that it cannot wait, and forget it
        try {
            bar.close(); // waits for the thread that draws
            if (!line.ended) { // the library forgets it if it had not drawn before
                line.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
