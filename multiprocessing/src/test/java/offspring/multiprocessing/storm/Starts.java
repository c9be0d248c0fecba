package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import offspring.multiprocessing.LongValue;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.StartMethod;
import offspring.multiprocessing.Value;
import offspring.multiprocessing.internal.parking.Parking;

/**
 * Many starts and ends, one after the other; then many starts in JVMs that stand by, while children are killed at random moments: those that
 * stand by, those that prepare themselves, those that have just got their work. Afterwards this process must stand where it stood before.
 */
public final class Starts {

    /** Before the first look: what is made once is there. */
    private static final int SETTLING = 10;

    private static final int STANDING = 2;
    private static final long LATEST_KILL_NANOS = 120_000_000;
    private static final long HEAP_LIMIT_BYTES = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ProcessOptions STANDBY =
            ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();

    private final Random random;
    private final AtomicInteger kills = new AtomicInteger();
    private int finished;
    private int killed;

    private Starts(long seed) {
        this.random = new Random(seed);
    }

    /** What this process has. */
    public record Footing(
            long heapBytes, long residentBytes, int descriptors, int threads, List<Path> files, int children) {

        private static Footing now() {
            System.gc();
            Parking.tidy();
            Runtime runtime = Runtime.getRuntime();
            return new Footing(
                    runtime.totalMemory() - runtime.freeMemory(),
                    residentNow(),
                    Remains.descriptors().size(),
                    Remains.threads().size(),
                    Remains.files(),
                    Remains.children().size());
        }

        private static long residentNow() {
            try {
                String statm = Files.readString(Path.of("/proc/self/statm"));
                return Long.parseLong(statm.split(" ")[1]) * 4096;
            } catch (IOException notLinux) {
                return 0;
            }
        }

        private boolean isNoMoreThan(Footing before) {
            return descriptors <= before.descriptors
                    && threads <= before.threads
                    && files.size() <= before.files.size()
                    && children <= before.children
                    && heapBytes <= before.heapBytes + HEAP_LIMIT_BYTES;
        }
    }

    /** What happened, and what this process had before and has now. */
    public record Outcome(
            int starts,
            Duration each,
            int refills,
            int kills,
            int finished,
            int killed,
            StandbyReserve.Statistics reserve,
            Footing before,
            Footing after) {}

    /**
     * Starts and kills.
     *
     * @param starts how many children with the usual start method
     * @param refills how many that take a JVM that stands by, if there is one
     * @throws AssertionError if a child ends in another way than it should, or something is left behind
     */
    public static Outcome storm(int starts, int refills, long seed) throws Exception {
        Starts storm = new Starts(seed);
        storm.startAll(SETTLING);
        storm.refillAll(2);
        awaitRest();
        Footing before = Footing.now();
        storm.finished = 0;
        storm.killed = 0;
        storm.kills.set(0);
        long begin = System.nanoTime();
        storm.startAll(starts);
        Duration each = Duration.ofNanos((System.nanoTime() - begin) / Math.max(1, starts));
        StandbyReserve.Statistics reserve = storm.refillAll(refills);
        awaitNoMoreThan(before);
        return new Outcome(
                starts, each, refills, storm.kills.get(), storm.finished, storm.killed, reserve, before, Footing.now());
    }

    /** Waits until those that stood by last are gone. */
    private static void awaitRest() {
        long start = System.nanoTime();
        while (!Remains.children().isEmpty()
                || !Remains.threads().isEmpty()
                || !Remains.files().isEmpty()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("there are still " + Footing.now());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void awaitNoMoreThan(Footing before) {
        long start = System.nanoTime();
        for (Footing now = Footing.now(); !now.isNoMoreThan(before); now = Footing.now()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("before there was " + before + ", now there is " + now);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void startAll(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Process process = new Process(() -> {});
            process.start();
            process.join();
            if (process.exitcode().orElseThrow() != 0) {
                throw new AssertionError(process + " was to do nothing");
            }
        }
    }

    private StandbyReserve.Statistics refillAll(int count) throws Exception {
        try (StandbyReserve reserve = StandbyReserve.of(STANDBY);
                LongValue done = Value.ofLong(0)) {
            for (int i = 0; i < count; i++) {
                reserve.fill(STANDING);
                Thread killer = killSoon();
                if (random.nextBoolean()) {
                    reserve.awaitPrepared(1, PATIENCE);
                }
                one(done);
                killer.join();
            }
            if (done.get() < finished || done.get() > finished + killed) {
                throw new AssertionError(done.get() + " have done their work, but " + finished + " ended well and "
                        + killed + " were killed");
            }
            return reserve.statistics();
        }
    }

    private void one(LongValue done) throws Exception {
        Process process = Process.builder()
                .options(STANDBY)
                .target(() -> done.addAndGet(1))
                .build();
        process.start();
        process.join();
        switch (process.exitcode().orElseThrow()) {
            case 0 -> finished++;
            case -9 -> killed++;
            default -> throw new AssertionError(process + " was neither finished nor killed");
        }
    }

    /** Kills one of the children after a while, if there is one then. */
    private Thread killSoon() {
        long delay = (long) (random.nextDouble() * LATEST_KILL_NANOS);
        boolean kill = random.nextBoolean();
        int which = random.nextInt(STANDING + 1);
        Thread killer = new Thread(() -> {
            LockSupport.parkNanos(delay);
            List<ProcessHandle> children = Remains.children();
            if (kill && which < children.size() && children.get(which).destroyForcibly()) {
                kills.incrementAndGet();
            }
        });
        killer.start();
        return killer;
    }
}
