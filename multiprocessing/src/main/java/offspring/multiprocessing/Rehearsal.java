package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.pool.worker.Channel;
import offspring.multiprocessing.internal.pool.worker.Frames;
import offspring.multiprocessing.internal.pool.worker.Records;
import offspring.multiprocessing.internal.pool.worker.WorkerMain;
import offspring.multiprocessing.internal.pool.worker.WorkerWords;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.ring.PipeFile;
import offspring.multiprocessing.internal.segment.Session;

/**
 * What the child does that makes an archive of classes: a little of everything that children do, so that the classes for it are
 * loaded when the JVM writes down what it has loaded.
 *
 * <p>Nothing in it waits for anybody else, and it touches nothing of the user's: no logging, whose set-up may open files.
 */
final class Rehearsal {

    private static final Duration A_MOMENT = Duration.ofMillis(5);

    private Rehearsal() {}

    /** The rehearsal as work for a child. */
    static byte[] encoded() {
        CheckedRunnable work = Rehearsal::run;
        try {
            return Payloads.codec().encode(work);
        } catch (IOException e) {
            throw new IllegalStateException("a reference to a static method can be written", e);
        }
    }

    private static void run() throws Exception {
        Multiprocessing.currentProcess().name();
        Multiprocessing.parentProcess();
        messages();
        locks();
        queues();
        worker();
    }

    /** What a worker does from its start to its end, with a call that was sent before; it ends the JVM, as a worker does. */
    private static void worker() throws Exception {
        PipeFile pipe = PipeFile.createDuplex(WorkerWords.BYTES);
        Frames.Writer out = new Frames.Writer(pipe.end(0), () -> false);
        CheckedFunction<Object, Object> function = Rehearsal::itself;
        out.open(Frames.CALL, 1, 0);
        out.record(Records.ITEM, encoded(function));
        out.record(Records.ITEM, encoded("item"));
        out.close(2);
        out.add(Frames.END, 0, null);
        out.flush();
        WorkerMain main = new WorkerMain(new Channel(pipe.end(1)), null, null, 0);
        byte[] work = Payloads.forChild(Session.current().self(), main, main);
        ((CheckedRunnable) Objects.requireNonNull(Payloads.decode(work))).runChecked();
    }

    private static Object itself(Object item) {
        return item;
    }

    private static Encoded encoded(Object value) throws IOException {
        Encoded encoded = new Encoded();
        Payloads.codec().encode(value, null, encoded);
        return encoded;
    }

    private static void messages() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            List<Object> items =
                    new ArrayList<>(List.of(1, 2L, 3.0, true, "text", Map.of("key", List.of(4)), new int[5]));
            items.add(null);
            items.add(A_MOMENT);
            items.add(new IllegalStateException("as a message"));
            CheckedRunnable lambda = () -> {};
            items.add(lambda);
            for (Object item : items) {
                pipe.first().send(item);
                pipe.second().recv();
            }
            pipe.first().send(items);
            pipe.second().recv();
            pipe.second().poll(A_MOMENT);
        }
    }

    private static void locks() throws Exception {
        try (Lock lock = new Lock();
                RLock again = new RLock();
                Semaphore semaphore = new Semaphore(1);
                Event event = new Event();
                IntValue value = Value.ofInt(1)) {
            lock.hold().close();
            again.hold().close();
            semaphore.hold().close();
            event.await(A_MOMENT);
            event.set();
            value.addAndGet(1);
            Payloads.decode(Payloads.codec().encode(List.of(A_MOMENT)));
        }
    }

    private static void queues() throws Exception {
        try (Queue<Object> queue = new Queue<>();
                JoinableQueue<Object> tasks = new JoinableQueue<>()) {
            queue.put("item");
            queue.get();
            tasks.put("task");
            tasks.get();
            tasks.taskDone();
            tasks.join();
        }
    }
}
