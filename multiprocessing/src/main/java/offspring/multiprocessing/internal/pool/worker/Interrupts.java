package offspring.multiprocessing.internal.pool.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.segment.Session;

/**
 * What a worker does when its parent signals: show its stacks or its gauges, or interrupt one call and no other.
 *
 * <pre>
 *   running    0 ──enter──► number ──leave──► 0
 *                             │  a signal for this number
 *                             ▼
 *                       INTERRUPTING ──► INTERRUPTED ──leave──► 0, and the interrupt is forgotten
 * </pre>
 *
 * <p>Two threads: the main one enters and leaves; the tether's hears the signals. A signal for a call that is over finds another
 * value in {@code running} and does nothing. A call that leaves while the other thread is about to interrupt it waits those
 * nanoseconds, so that the interrupt never hits the next one.
 */
public final class Interrupts implements IntConsumer {

    /** Write all stacks into the worker's folder. */
    public static final int SHOW_STACKS = Child.FIRST_SIGNAL;

    /** Interrupt the call that the word {@code stop} names. */
    public static final int STOP = Child.FIRST_SIGNAL + 1;

    /** Write the gauges into the words. */
    public static final int SHOW_GAUGES = Child.FIRST_SIGNAL + 2;

    private static final String STACKS = "stacks";
    private static final long INTERRUPTING = -1;
    private static final long INTERRUPTED = -2;

    private final WorkerWords words;
    private final java.lang.Thread main;
    private final AtomicLong running = new AtomicLong();

    Interrupts(WorkerWords words, java.lang.Thread main) {
        this.words = words;
        this.main = main;
    }

    /** Where the stacks of the worker with this folder will be. */
    public static Path stacksIn(Path folder) {
        return folder.resolve(STACKS);
    }

    void enter(long number) {
        running.setRelease(number);
    }

    void leave(long number) {
        if (!running.compareAndSet(number, 0)) {
            while (running.get() == INTERRUPTING) {
                java.lang.Thread.onSpinWait();
            }
            running.set(0);
        }
        boolean unused = java.lang.Thread.interrupted(); // whoever interrupted: it was meant for the call
    }

    @Override
    public void accept(int signal) {
        if (signal == STOP) {
            long number = words.toBeStopped();
            if (number > 0 && running.compareAndSet(number, INTERRUPTING)) {
                main.interrupt();
                running.set(INTERRUPTED);
            }
        } else if (signal == SHOW_STACKS) {
            showStacks();
        } else if (signal == SHOW_GAUGES) {
            showGauges();
        }
    }

    /** A JVM that cannot read its gauges does not answer. */
    private void showGauges() {
        try {
            words.gauges(Gauge.read(main));
        } catch (RuntimeException | LinkageError e) {
            Logs.of(Interrupts.class).debug("the gauges cannot be read", e);
        }
    }

    /** The file appears whole. */
    private void showStacks() {
        Session session = Session.existing();
        if (session == null) {
            return;
        }
        Path folder = session.folderOf(session.self());
        Path draft = folder.resolve(STACKS + ".draft");
        try {
            Files.write(draft, stacks().getBytes(StandardCharsets.UTF_8));
            Files.move(draft, stacksIn(folder), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Logs.of(Interrupts.class).debug("the stacks cannot be written into {}", folder, e);
        }
    }

    /** The thread that does the call comes first. */
    private String stacks() {
        StringBuilder text = new StringBuilder(1 << 12);
        Map<java.lang.Thread, StackTraceElement[]> all = java.lang.Thread.getAllStackTraces();
        append(text, main, all.getOrDefault(main, new StackTraceElement[0]));
        all.forEach((thread, stack) -> {
            if (thread != main) {
                append(text, thread, stack);
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, java.lang.Thread thread, StackTraceElement[] stack) {
        text.append('"')
                .append(thread.getName())
                .append("\" ")
                .append(thread.getState())
                .append('\n');
        for (StackTraceElement frame : stack) {
            text.append("\tat ").append(frame).append('\n');
        }
        text.append('\n');
    }
}
