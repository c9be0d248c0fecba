package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.launch.ChildMain;
import offspring.multiprocessing.internal.pool.worker.Channel;
import offspring.multiprocessing.internal.pool.worker.Frames;
import offspring.multiprocessing.internal.pool.worker.Records;
import offspring.multiprocessing.internal.pool.worker.WorkerMain;
import offspring.multiprocessing.internal.pool.worker.WorkerWords;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.ring.PipeFile;
import offspring.multiprocessing.internal.segment.Session;

/**
 * A little of everything that children do: what a child does that makes an archive of classes, so that those are loaded when the JVM
 * writes down what it has loaded, and what one does that stands by, so that its work finds everything linked.
 *
 * <p>Nothing in it waits for anybody else, and it touches nothing of the user's: no logging, whose set-up may open files.
 */
final class Rehearsal {

    private static final Duration A_MOMENT = Duration.ofMillis(5);

    private Rehearsal() {}

    /** The rehearsal of a child that ends afterwards, as its work. */
    static byte[] encoded() {
        return encoded(Rehearsal::run);
    }

    static byte[] encoded(CheckedRunnable work) {
        try {
            return Payloads.codec().encode(work);
        } catch (IOException e) {
            throw new IllegalStateException("a reference to a static method can be written", e);
        }
    }

    private static void run() throws Exception {
        Multiprocessing.currentProcess().name();
        Multiprocessing.parentProcess();
        prepare();
        PipeFile pipe = PipeFile.createDuplex(WorkerWords.BYTES);
        workerAt(pipe).runChecked(); // ends this JVM, as workers do
    }

    /** Of a child that does not yet know who it is. It stops when that child has been given its work. */
    static void prepare() throws Exception {
        CheckedRunnable[] acts = {
            Rehearsal::messages, Rehearsal::locks, Rehearsal::queues, Rehearsal::arrivals, Rehearsal::asWorker
        };
        for (int i = 0; i < acts.length && !ChildMain.isAwaited(); i++) {
            acts[i].runChecked();
        }
    }

    /** Shared objects arrive as parts of a target, and are given up again. */
    private static void arrivals() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                Lock lock = new Lock();
                IntValue value = Value.ofInt(1);
                Queue<Object> queue = new Queue<>()) {
            Connection end = pipe.second();
            CheckedRunnable target = () -> giveUp(end, lock, value, queue);
            byte[] work = Payloads.forChild(Session.current().self(), target, target);
            ((CheckedRunnable) Objects.requireNonNull(Payloads.decode(work))).runChecked();
        }
    }

    private static void giveUp(AutoCloseable... arrived) throws Exception {
        for (AutoCloseable each : arrived) {
            each.close();
        }
    }

    private static void asWorker() throws Exception {
        PipeFile pipe = PipeFile.createDuplex(WorkerWords.BYTES);
        workerAt(pipe).rehearse();
        pipe.end(0).release();
        pipe.end(1).release();
        pipe.end(1).release(); // the worker's own
    }

    /** What a worker is sent, arrived here; a call and the end wait for it in its pipe. */
    private static WorkerMain workerAt(PipeFile pipe) throws IOException {
        Frames.Writer out = new Frames.Writer(pipe.end(0), () -> false);
        CheckedFunction<Object, Object> function = Rehearsal::itself;
        out.open(Frames.CALL, 1, 0);
        out.record(Records.ITEM, message(function));
        out.record(Records.ITEM, message("item"));
        out.close(2);
        out.add(Frames.END, 0, null);
        out.flush();
        WorkerMain main = new WorkerMain(new Channel(pipe.end(1)), null, null, 0);
        byte[] work = Payloads.forChild(Session.current().self(), main, main);
        return (WorkerMain) Objects.requireNonNull(Payloads.decode(work));
    }

    private static Object itself(Object item) {
        return item;
    }

    private static Encoded message(Object value) throws IOException {
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
