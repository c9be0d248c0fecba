package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.storm.QueueWork.Note;
import offspring.multiprocessing.storm.QueueWork.Queues;
import offspring.queue.FullException;

/**
 * Processes that put into three queues (without bound, with one, joinable) and processes that get from them, and a killer who sends
 * SIGKILL to one of them at a random moment and starts another in its place. In the end what they have noted is compared:
 *
 * <ul>
 *   <li>torn: an item whose checksum is wrong; its consumer ends with an error
 *   <li>in order: what one consumer got from one producer has growing numbers
 *   <li>twice: an item in two logs, or two times in one
 *   <li>lost: an item that was in shared memory, since its producer said so or a later one of the same producer came out, and that nobody
 *       got; at most one for each consumer that was killed, which it was taking. A survivor's items are all in shared memory at its end
 *   <li>undelivered: later items of a killed producer: at most what it had buffered after its last put
 *   <li>stuck: when all are gone, a queue counts something, the bound is not the bound, or {@code join} waits for what never came
 * </ul>
 */
public final class QueueKills {

    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 2;
    private static final byte[] LAST = {};
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Random random;
    private final Queues queues;
    /** Producers first, then consumers. */
    private final Worker[] workers = new Worker[PRODUCERS + CONSUMERS];

    private final List<Worker> producers = new ArrayList<>();
    private final List<Worker> consumers = new ArrayList<>();
    private int consumersKilled;

    private QueueKills(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.queues = Queues.make();
    }

    private record Worker(Process process, Path log) {}

    /** What has happened in a storm that kept all promises. */
    public record Outcome(
            int kills,
            int consumersKilled,
            long received,
            long lost,
            long undelivered,
            long unfinished,
            Duration took) {}

    /**
     * Storms.
     *
     * @param folder where the notes go; empty
     * @param kills how many processes are killed
     * @param seed decides who is killed when
     * @throws AssertionError if a promise is broken, or the survivors do not come to an end
     */
    public static Outcome storm(Path folder, int kills, long seed) throws IOException, InterruptedException {
        QueueKills storm = new QueueKills(folder, seed);
        long start = System.nanoTime();
        try {
            storm.kill(kills);
            storm.end();
            long unfinished = storm.countWhatIsLeft();
            return storm.judge(kills, unfinished, start);
        } finally {
            storm.queues.close();
        }
    }

    // ---- the killer

    private Worker start(int index) throws IOException {
        Queues shared = queues;
        boolean produces = index < PRODUCERS;
        List<Worker> all = produces ? producers : consumers;
        int me = all.size();
        Path log = folder.resolve((produces ? "put-" : "got-") + me);
        String logPath = log.toString();
        String stopPath = stopFile().toString();
        Process process = produces
                ? new Process(
                        () -> QueueWork.produce(me, shared, Path.of(logPath), Path.of(stopPath)), "producer-" + me)
                : new Process(() -> QueueWork.consume(me, shared, Path.of(logPath)), "consumer-" + me);
        process.start();
        Worker worker = new Worker(process, log);
        all.add(worker);
        return worker;
    }

    private Path stopFile() {
        return folder.resolve("stop");
    }

    private void kill(int kills) throws IOException, InterruptedException {
        for (int i = 0; i < workers.length; i++) {
            workers[i] = start(i);
        }
        for (int i = 0; i < kills; i++) {
            int index = random.nextInt(workers.length);
            Worker victim = workers[index];
            workers[index] = start(index);
            if (random.nextInt(8) > 0) { // else it may still be about to start
                awaitTraffic(victim, 1 + random.nextInt(200));
            }
            LockSupport.parkNanos(random.nextInt(5_000_000));
            kill(victim.process);
            consumersKilled += index < PRODUCERS ? 0 : 1;
        }
    }

    private static void kill(Process victim) throws InterruptedException {
        victim.kill();
        if (!victim.join(PATIENCE)) {
            throw new AssertionError(victim + " was killed and does not end");
        }
        if (victim.exitcode().getAsInt() != -9) {
            throw new AssertionError(victim + " ended before it was killed; its standard error says why");
        }
    }

    /** Waits until the worker has put or got so many items. */
    private void awaitTraffic(Worker worker, int items) throws IOException {
        long start = System.nanoTime();
        while (!Files.exists(worker.log) || Files.size(worker.log) < (long) items * QueueWork.NOTE) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("nothing flows: " + worker + " has not noted " + items + " items within "
                        + PATIENCE + "; " + queues);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    // ---- the end

    /** The producers first: at their end all they have put is in shared memory, before what says to the consumers that it is the last. */
    private void end() throws IOException, InterruptedException {
        Files.createFile(stopFile());
        for (int i = 0; i < PRODUCERS; i++) {
            join(workers[i].process);
        }
        for (int i = 0; i < CONSUMERS; i++) {
            for (Queue<byte[]> queue : queues.all()) {
                queue.put(LAST, PATIENCE);
            }
        }
        for (int i = PRODUCERS; i < workers.length; i++) {
            join(workers[i].process);
        }
    }

    private void join(Process process) throws InterruptedException {
        if (!process.join(PATIENCE)) {
            throw new AssertionError(
                    process + " hangs; jcmd " + process.pid().getAsLong() + " Thread.print. " + queues);
        }
        if (process.exitcode().getAsInt() != 0) {
            throw new AssertionError(process + " failed; its standard error says why");
        }
    }

    /** Gives how many tasks killed consumers had taken and not done. */
    private long countWhatIsLeft() throws InterruptedException {
        for (Queue<byte[]> queue : queues.all()) {
            if (queue.qsize() != 0 || !queue.empty()) {
                throw new AssertionError(
                        "stuck: nobody is there any more, nothing comes out, and yet it counts: " + queue);
            }
        }
        for (int i = 0; i < QueueWork.BOUND; i++) {
            queues.bounded().putNowait(LAST);
        }
        try {
            queues.bounded().putNowait(LAST);
            throw new AssertionError("stuck: more than the bound goes into " + queues.bounded());
        } catch (FullException asItShould) {
            for (int i = 0; i < QueueWork.BOUND; i++) {
                queues.bounded().get(PATIENCE);
            }
        }
        long unfinished = queues.joinable().unfinishedTasks();
        for (long i = 0; i < unfinished; i++) {
            queues.joinable().taskDone();
        }
        if (!queues.joinable().join(PATIENCE)) {
            throw new AssertionError("stuck: all tasks are done, and join waits for " + queues.joinable());
        }
        return unfinished;
    }

    // ---- the judge

    /** Which items of one producer in one queue came out. */
    private record Stream(int queue, int producer) {}

    private Outcome judge(int kills, long unfinished, long start) throws IOException {
        Map<Stream, BitSet> received = received();
        long lost = 0;
        long undelivered = 0;
        for (int producer = 0; producer < producers.size(); producer++) {
            boolean survived = producers.get(producer).process.exitcode().getAsInt() == 0;
            int[] put = new int[queues.all().size()];
            int[] shared = new int[put.length];
            for (Note note : QueueWork.read(producers.get(producer).log)) {
                put[note.queue()] = note.number() + 1;
                shared[note.queue()] =
                        Math.max(shared[note.queue()], note.number() + 1 - (survived ? 0 : note.buffered()));
            }
            for (int queue = 0; queue < put.length; queue++) {
                BitSet got = received.getOrDefault(new Stream(queue, producer), new BitSet());
                if (got.length() > put[queue] + (survived ? 0 : 1)) { // it was killed before it had noted the last
                    throw new AssertionError("from nowhere: item " + (got.length() - 1) + " of producer " + producer
                            + ", which had put only " + put[queue] + " into queue " + queue);
                }
                int certain = Math.max(shared[queue], got.length());
                lost += certain - got.cardinality();
                undelivered += Math.max(0, put[queue] - certain);
            }
        }
        if (lost > consumersKilled || unfinished > consumersKilled) {
            throw new AssertionError("lost: " + lost + " items, and " + unfinished + " tasks are not done, but only "
                    + consumersKilled + " consumers were killed, each of which may have taken one along");
        }
        long count = received.values().stream().mapToLong(BitSet::cardinality).sum();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(kills, consumersKilled, count, lost, undelivered, unfinished, took);
    }

    private Map<Stream, BitSet> received() throws IOException {
        Map<Stream, BitSet> received = new HashMap<>();
        for (Worker consumer : consumers) {
            Map<Stream, Integer> last = new HashMap<>();
            for (Note note : QueueWork.read(consumer.log)) {
                Stream stream = new Stream(note.queue(), note.producer());
                Integer before = last.put(stream, note.number());
                if (before != null && before >= note.number()) {
                    throw new AssertionError("out of order: " + consumer + " got " + note + " after " + before);
                }
                BitSet numbers = received.computeIfAbsent(stream, key -> new BitSet());
                if (numbers.get(note.number())) {
                    throw new AssertionError("twice: " + consumer + " got " + note + ", as another had before");
                }
                numbers.set(note.number());
            }
        }
        return received;
    }
}
