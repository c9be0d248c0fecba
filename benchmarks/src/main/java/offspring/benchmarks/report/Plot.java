package offspring.benchmarks.report;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import offspring.benchmarks.compare.Table;
import offspring.benchmarks.curves.SpeedupSuite;
import offspring.benchmarks.programs.Job;

/**
 * A picture of curves: its axes and its words.
 *
 * @param id the name of its file and of its curves
 * @param title above it
 * @param x the axis of what was varied
 * @param y the axis of what was found
 * @param form lines, or bars for few points
 * @param text what it means
 */
record Plot(String id, String title, Axis x, Axis y, Form form, String text) {

    /** How points are drawn. */
    enum Form {
        LINES,
        BARS
    }

    /**
     * An axis.
     *
     * @param title with the unit
     * @param base of the logarithm, or 0 for a linear one
     * @param format how a number is written
     */
    record Axis(String title, int base, DoubleFunction<String> format) {}

    static final Axis SPEEDUP = new Axis("speed-up (sequential = 1)", 0, y -> String.format(Locale.ROOT, "%.2f", y));
    private static final Axis WORKERS = new Axis("workers", 2, Plot::plain);
    private static final Axis TASK = new Axis("time of one task alone", 10, Table::time);

    /** All, in the order of the page. */
    static Stream<Plot> all() {
        return Stream.of(Stream.of(Overview.PLOT), speedups(), growth()).flatMap(plots -> plots);
    }

    static Stream<Plot> speedups() {
        return Stream.concat(
                Stream.of(Job.values())
                        .map(
                                job -> new Plot(
                                        SpeedupSuite.speedupOf(job),
                                        "Speed-up by workers: " + job.title(),
                                        WORKERS,
                                        SPEEDUP,
                                        Form.BARS,
                                        "The same tasks one after the other, and by so many workers. The last group has one"
                                                + " worker more than there are processors: nothing more is to be gained there.")),
                Stream.of(
                        new Plot(
                                SpeedupSuite.PAY,
                                "Two workers: where they start to pay (SHA-256)",
                                TASK,
                                SPEEDUP,
                                Form.LINES,
                                "Below 1, two workers take longer than one thread that does all by itself: handing a"
                                        + " task over costs more than doing it. `map` in chunks hands many small tasks"
                                        + " over at once, so that processes pay for small tasks too."),
                        new Plot(
                                SpeedupSuite.PAY_JOBS,
                                "Two processes, one task at a time: where they start to pay",
                                TASK,
                                SPEEDUP,
                                Form.LINES,
                                "The same for all jobs. A process begins to pay where the line crosses 1.")));
    }

    static Stream<Plot> growth() {
        return Stream.of(
                new Plot(
                        "message-cost",
                        "Cost of a message by its size",
                        new Axis("size of the message", 2, Plot::bytes),
                        new Axis("time per message", 10, Table::time),
                        Form.LINES,
                        "Small messages cost the same, whatever their size: the hand-over. From some KiB on the copying"
                                + " counts, and the time grows with the size. The limit is the memory's rate: a message"
                                + " is copied into the ring and out of it, and one larger than the ring goes in parts."
                                + " The rate of a machine with more processors is per pipe; pipes do not share one."
                                + " CPython's lines are dashed: its messages go through a socket of the system."),
                new Plot(
                        "message-rate",
                        "Rate of messages by their size",
                        new Axis("size of the message", 2, Plot::bytes),
                        new Axis("MiB per second", 10, Plot::plain),
                        Form.LINES,
                        "The same figures as a rate. It falls again where a message no longer fits the processor's"
                                + " caches, and where each large array has to be made and cleared for its receiver."),
                new Plot(
                        "task-cost",
                        "Cost of a call by the number of calls at once",
                        new Axis("calls submitted at once", 10, Plot::plain),
                        new Axis("time per call", 10, Table::time),
                        Form.LINES,
                        "A single call pays for waking a worker and for coming back. Many share it: workers stay awake"
                                + " and records travel several at a time. The right end shows whether a long queue of"
                                + " pending calls costs more per call: its limit is the heap, which holds a future for"
                                + " each. Dashed: CPython; its executor only up to 10 k calls, since more take it minutes."),
                new Plot(
                        "worker-cost",
                        "Cost of a call by the number of workers",
                        WORKERS,
                        new Axis("time per call", 10, Table::time),
                        Form.LINES,
                        "Beyond the number of processors there is nothing to gain for calls that compute, and the line"
                                + " shows what more workers cost: switches between them, and warm-up, for each worker is a"
                                + " JVM that compiles for itself. Where there are many times more workers than processors, the"
                                + " warm-up of this report is too short for that, and the right end is of workers that are half"
                                + " cold; CPython has nothing to warm up. On a larger machine the line of the long calls falls until the"
                                + " processors are used up; the line of the trivial calls does not, since one process hands"
                                + " them all out. By that model, workers keep busy up to the time of a call divided by the"
                                + " time of a trivial one. Dashed: CPython."),
                new Plot(
                        "worker-memory",
                        "Memory of a worker that waits",
                        WORKERS,
                        new Axis("MB per worker (proportional set size)", 0, Plot::plain),
                        Form.LINES,
                        "Pages that several processes map alike count in parts, so the share of each falls with their"
                                + " number. The limit of the number of workers is the memory: its size divided by this"
                                + " figure and by what the calls themselves keep. CPython's workers (dashed) are spawned,"
                                + " with an interpreter of their own, and not forked."));
    }

    /** Whether the number of workers is what was varied. */
    boolean isByWorkers() {
        return x.equals(WORKERS);
    }

    /** What the axis says there; a number of workers says so where it is more than there are processors. */
    String place(double at, int processors) {
        String number = x.format().apply(at);
        return isByWorkers() && at > processors ? number + " (more than processors)" : number;
    }

    static String plain(double number) {
        if (number >= 1_000_000 && number % 1_000_000 == 0) {
            return String.format(Locale.ROOT, "%.0f M", number / 1e6);
        }
        if (number >= 10_000 && number % 1_000 == 0) {
            return String.format(Locale.ROOT, "%.0f k", number / 1e3);
        }
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    static String bytes(double size) {
        if (size < 1 << 10) {
            return plain(size) + " B";
        }
        return size < 1 << 20 ? plain(size / (1 << 10)) + " KiB" : plain(size / (1 << 20)) + " MiB";
    }
}
