package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.locks.LockSupport;
import offspring.multiprocessing.Barrier;
import offspring.multiprocessing.Condition;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.RLock;
import offspring.multiprocessing.Semaphore;

/**
 * Processes that share a lock, a reentrant lock, a condition, a semaphore, an event and a barrier, and a killer who sends SIGKILL to
 * one of them at a random moment and starts another in its place.
 *
 * <pre>
 *   the notes, a mapped file
 *     0     1: stop
 *     64    section of the lock      inside: pid of who is in it, or 0 · begun · ended · abandoned: how often that was told
 *     128   section of the reentrant lock
 *     192   section of the condition's lock
 *     256   section of the barrier's action
 *     1024  what worker 0 has done, worker 1, … (a cache line each)
 * </pre>
 *
 * <p>A section is guarded by its lock and by nothing else: its words are read and written in plain mode. So these are faults:
 *
 * <ul>
 *   <li>somebody alive is inside when another comes in: the lock does not exclude
 *   <li>somebody dead is inside, and the lock does not say that it was abandoned
 *   <li>more sections begun than ended without an abandoned lock: the notes of the last holder did not arrive
 *   <li>a worker that does nothing any more after the kill of another; the time until all have gone on is taken
 *   <li>more abandoned locks, or more permits lost, than kills
 * </ul>
 */
public final class LockKills {

    private static final int WORKERS = 3;
    private static final int PERMITS = 2;
    private static final int STOP = 0;
    private static final int LOCK = 64;
    private static final int RLOCK = 128;
    private static final int CONDITION = 192;
    private static final int ACTION = 256;
    private static final int PROGRESS = 1024;
    private static final int LINE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path file;
    private final MappedByteBuffer notes;
    private final Random random;
    private final Objects objects;
    private final List<Process> workers = new ArrayList<>();
    private final long[] handovers;
    private int started;

    private LockKills(Path folder, int kills, long seed) throws IOException {
        this.file = folder.resolve("notes");
        this.notes = map(file, kills + WORKERS + 1);
        this.random = new Random(seed);
        this.handovers = new long[kills];
        this.objects = Objects.make(file.toString());
    }

    /** What the workers share. */
    private record Objects(
            Lock lock, RLock rlock, RLock guard, Condition condition, Semaphore semaphore, Event event, Barrier barrier)
            implements java.io.Serializable {

        static Objects make(String notes) throws IOException {
            RLock guard = new RLock();
            return new Objects(
                    new Lock(),
                    new RLock(),
                    guard,
                    new Condition(guard),
                    new Semaphore(PERMITS),
                    new Event(),
                    new Barrier(2, () -> new Worker(-1, notes).act(), null));
        }

        void close() {
            lock.close();
            rlock.close();
            condition.close();
            guard.close();
            semaphore.close();
            event.close();
            barrier.close();
        }
    }

    /** What has happened in a storm that kept all promises. The times are from a kill until all others have gone on. */
    public record Outcome(
            int kills, long sections, long abandoned, int permitsLost, Duration median, Duration p99, Duration worst) {}

    /**
     * Storms.
     *
     * @param folder where the notes go; empty
     * @param kills how many processes are killed
     * @param seed decides who is killed when
     * @throws AssertionError if a promise is broken, or the survivors do not come to an end
     */
    public static Outcome storm(Path folder, int kills, long seed) throws IOException, InterruptedException {
        LockKills storm = new LockKills(folder, kills, seed);
        try {
            storm.kill(kills);
            storm.end();
            return storm.judge(kills);
        } finally {
            storm.objects.close();
        }
    }

    private static MappedByteBuffer map(Path file, int workers) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, PROGRESS + (long) LINE * workers);
        }
    }

    // ---- the workers

    /** One process: does one thing after the other until it is killed or told to stop. */
    private static final class Worker {

        private static final int BEGUN = 8;
        private static final int ENDED = 16;
        private static final int ABANDONED = 24;

        private final int number;
        private final MappedByteBuffer notes;
        private final long pid = ProcessHandle.current().pid();
        private final Random random;

        Worker(int number, String notes) throws IOException {
            this.number = number;
            this.notes = map(Path.of(notes), number + 1);
            this.random = new Random(number);
        }

        void run(Objects with) throws InterruptedException, IOException {
            for (long done = 1; notes.getLong(STOP) == 0; done++) {
                switch (random.nextInt(6)) {
                    case 0 -> lock(with);
                    case 1 -> rlock(with);
                    case 2 -> condition(with);
                    case 3 -> semaphore(with);
                    case 4 -> event(with);
                    default -> barrier(with);
                }
                notes.putLong(PROGRESS + LINE * number, done);
            }
        }

        private void lock(Objects with) throws InterruptedException {
            with.lock.acquire();
            section(LOCK, with.lock.abandoned());
            with.lock.release();
        }

        private void rlock(Objects with) throws InterruptedException {
            with.rlock.acquire();
            with.rlock.acquire();
            section(RLOCK, with.rlock.abandoned());
            with.rlock.release();
            with.rlock.release();
        }

        private void condition(Objects with) throws InterruptedException {
            with.condition.acquire();
            section(CONDITION, with.guard.abandoned());
            if (random.nextBoolean()) {
                with.condition.signal(random.nextInt(3));
            } else {
                with.condition.await(Duration.ofNanos(random.nextInt(2_000_000)));
                section(CONDITION, with.guard.abandoned());
            }
            with.condition.release();
        }

        private void semaphore(Objects with) throws InterruptedException {
            if (with.semaphore.acquire(Duration.ofNanos(random.nextInt(1_000_000)))) {
                linger();
                with.semaphore.release();
            }
        }

        private void event(Objects with) throws InterruptedException {
            switch (random.nextInt(3)) {
                case 0 -> with.event.set();
                case 1 -> with.event.clear();
                default -> with.event.await(Duration.ofNanos(random.nextInt(1_000_000)));
            }
        }

        private void barrier(Objects with) throws InterruptedException {
            try {
                with.barrier.await(Duration.ofNanos(random.nextInt(3_000_000)));
            } catch (BrokenBarrierException e) {
                with.barrier.reset();
            }
        }

        /** The barrier's action, of which only one runs at a time; a barrier does not tell that a runner has died. */
        void act() {
            long inside = notes.getLong(ACTION);
            section(ACTION, inside != 0 && !isAlive(inside));
        }

        private void section(int at, boolean abandoned) {
            long inside = notes.getLong(at);
            long begun = notes.getLong(at + BEGUN);
            long ended = notes.getLong(at + ENDED);
            if (abandoned) {
                notes.putLong(at + ABANDONED, notes.getLong(at + ABANDONED) + 1);
            } else if (inside != 0 || begun != ended) {
                throw new AssertionError("section " + at + ": " + pid + " comes in and finds " + inside
                        + (isAlive(inside) ? " (alive) " : " (dead) ") + "inside, begun " + begun + ", ended " + ended);
            }
            notes.putLong(at, pid);
            notes.putLong(at + BEGUN, begun + 1);
            linger();
            if (notes.getLong(at) != pid || notes.getLong(at + BEGUN) != begun + 1) {
                throw new AssertionError(
                        "section " + at + ": " + notes.getLong(at) + " came in while " + pid + " was there");
            }
            notes.putLong(at + ENDED, begun + 1);
            notes.putLong(at, 0);
        }

        private static boolean isAlive(long process) {
            return process > 0
                    && ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
        }

        private void linger() {
            for (int i = random.nextInt(2000); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }

    private static void work(int number, String notes, Objects objects) throws IOException, InterruptedException {
        new Worker(number, notes).run(objects);
    }

    // ---- the killer

    private Process start() throws IOException {
        int number = started++;
        String path = file.toString();
        Objects shared = objects;
        Process process = new Process(() -> work(number, path, shared), "worker-" + number);
        process.start();
        return process;
    }

    private void kill(int kills) throws IOException, InterruptedException {
        int[] numbers = new int[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            numbers[i] = started;
            workers.add(start());
        }
        for (int i = 0; i < kills; i++) {
            int victim = random.nextInt(WORKERS);
            int successor = started;
            Process next = start();
            awaitProgress(numbers, -1, new long[WORKERS]);
            LockSupport.parkNanos(random.nextInt(3_000_000));
            handovers[i] = killOne(numbers, victim);
            numbers[victim] = successor;
            workers.set(victim, next);
        }
    }

    /** Gives the time until all others have finished something that they may have begun after the kill. */
    private long killOne(int[] numbers, int victim) throws InterruptedException {
        Process process = workers.get(victim);
        process.kill();
        long start = System.nanoTime();
        long[] before = new long[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            before[i] = progress(numbers[i]) + 1;
        }
        awaitProgress(numbers, victim, before);
        long took = System.nanoTime() - start;
        if (!process.join(PATIENCE) || process.exitcode().getAsInt() != -9) {
            throw new AssertionError(process + " ended before it was killed; its standard error says why");
        }
        return took;
    }

    private long progress(int number) {
        return notes.getLong(PROGRESS + LINE * number);
    }

    private void awaitProgress(int[] numbers, int except, long[] before) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < WORKERS; i++) {
            while (i != except && progress(numbers[i]) <= before[i]) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new AssertionError(workers.get(i) + " does nothing any more; jcmd "
                            + workers.get(i).pid().getAsLong() + " Thread.print. " + objects);
                }
                if (workers.get(i).join(Duration.ZERO)) {
                    throw new AssertionError(workers.get(i) + " has ended; its standard error says why");
                }
                LockSupport.parkNanos(50_000);
            }
        }
    }

    private void end() throws InterruptedException {
        notes.putLong(STOP, 1);
        for (Process process : workers) {
            if (!process.join(PATIENCE)) {
                throw new AssertionError(
                        process + " hangs; jcmd " + process.pid().getAsLong() + " Thread.print. " + objects);
            }
            if (process.exitcode().getAsInt() != 0) {
                throw new AssertionError(process + " failed; its standard error says why");
            }
        }
    }

    // ---- the judge

    private Outcome judge(int kills) throws InterruptedException {
        long abandoned = 0;
        long sections = 0;
        for (int at : new int[] {LOCK, RLOCK, CONDITION}) {
            abandoned += notes.getLong(at + Worker.ABANDONED);
            sections += notes.getLong(at + Worker.ENDED);
        }
        if (abandoned > 2L * kills) { // the condition's section is looked at twice in one holding
            throw new AssertionError("abandoned " + abandoned + " times in " + kills + " kills");
        }
        int lost = PERMITS - objects.semaphore.value();
        if (lost < 0 || lost > kills) {
            throw new AssertionError(lost + " permits lost in " + kills + " kills");
        }
        for (var lock : List.of(objects.lock, objects.rlock, objects.guard)) {
            if (!lock.acquire(PATIENCE)) {
                throw new AssertionError("nobody is there any more, and yet it is held: " + lock);
            }
            lock.release();
        }
        Arrays.sort(handovers);
        return new Outcome(
                kills,
                sections,
                abandoned,
                lost,
                Duration.ofNanos(handovers[kills / 2]),
                Duration.ofNanos(handovers[kills * 99 / 100]),
                Duration.ofNanos(handovers[kills - 1]));
    }
}
