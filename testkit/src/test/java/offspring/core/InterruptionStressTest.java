package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedConsumer;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;

/**
 * Thousands of interrupts against threads that use a primitive as hard as they can: afterwards nothing may be held, taken,
 * counted or waited for that should not be. The seed is fixed; the interleavings are the machine's.
 */
@SuppressWarnings("try") // holds are closed, not looked at
class InterruptionStressTest {

    private static final int THREADS = 4;
    private static final int INTERRUPTS = 4_000;
    private static final long SEED = 20261120;

    private final AtomicInteger interrupted = new AtomicInteger();
    private volatile boolean over;

    /** One use of the primitive by thread {@code index}, which may end in an interrupt. */
    private interface Use {
        void once(int index, Random random) throws Exception;
    }

    /** Runs the use over and over in all threads, and interrupts them at random until there were enough. */
    private void storm(Use use, Runnable wakeAll) {
        CheckedConsumer<Integer> body = index -> {
            Random random = new Random(SEED + index);
            while (!over) {
                try {
                    use.once(index, random);
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            }
        };
        try (var crew = Crew.start(THREADS, body)) {
            Random random = new Random(SEED);
            for (int i = 0; i < INTERRUPTS; i++) {
                crew.member(random.nextInt(THREADS)).interrupt();
                if (random.nextInt(4) == 0) {
                    LockSupport.parkNanos(random.nextInt(100_000));
                }
            }
            Deadlines.eventually("enough interrupts are felt", () -> {
                crew.member(random.nextInt(THREADS)).interrupt();
                return interrupted.get() > INTERRUPTS / 20;
            });
            over = true;
            Deadlines.eventually("all come to an end", () -> {
                wakeAll.run();
                return crew.finished() == THREADS;
            });
        }
    }

    private static Duration shortTime(Random random) {
        return Duration.ofNanos(random.nextInt(200_000));
    }

    /** Acquires in one of the forms. */
    private static boolean acquire(Acquirable lock, Random random) throws InterruptedException {
        return switch (random.nextInt(4)) {
            case 0 -> lock.acquire(shortTime(random));
            case 1 -> lock.acquire(false);
            default -> lock.acquire();
        };
    }

    private void stormExclusively(Acquirable lock) {
        AtomicInteger inside = new AtomicInteger();
        AtomicIntegerArray entered = new AtomicIntegerArray(THREADS);
        int[] counter = {0};
        storm(
                (index, random) -> {
                    if (!acquire(lock, random)) {
                        return;
                    }
                    try {
                        assertThat(inside.incrementAndGet()).isOne();
                        counter[0]++;
                        entered.incrementAndGet(index);
                        inside.decrementAndGet();
                    } finally {
                        lock.release();
                    }
                },
                () -> {});
        int sum = 0;
        for (int i = 0; i < THREADS; i++) {
            sum += entered.get(i);
        }
        assertThat(counter[0]).isEqualTo(sum).isPositive();
    }

    @Test
    void shouldLeaveALockFree() {
        Lock lock = new Lock();
        stormExclusively(lock);
        assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(false, 0));
    }

    @Test
    void shouldLeaveAnRLockFree() {
        RLock lock = new RLock();
        stormExclusively(lock);
        assertThat(lock.statistics()).isEqualTo(new RLock.Statistics(false, 0, 0));
    }

    @Test
    void shouldLeaveASemaphoreWithAllItsPermits() {
        Semaphore semaphore = new BoundedSemaphore(2);
        AtomicInteger inside = new AtomicInteger();
        storm(
                (index, random) -> {
                    if (!acquire(semaphore, random)) {
                        return;
                    }
                    try {
                        assertThat(inside.incrementAndGet()).isLessThanOrEqualTo(2);
                        inside.decrementAndGet();
                    } finally {
                        semaphore.release();
                    }
                },
                () -> {});
        assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(2, 0));
    }

    /** Tokens, each announced by one signal; a lost signal would leave a token behind sleeping threads. */
    @Test
    void shouldLoseNoSignalOfACondition() {
        RLock lock = new RLock();
        Condition condition = new Condition(lock);
        int[] tokens = {0};
        int[] made = {0};
        int[] used = {0};
        storm(
                (index, random) -> {
                    try (var held = condition.hold()) {
                        if (index == 0) {
                            made[0]++;
                            tokens[0]++;
                            condition.signal();
                        } else if (waitForToken(condition, tokens, random)) {
                            tokens[0]--;
                            used[0]++;
                        }
                        assertThat(lock.recursionCount()).isOne();
                    }
                },
                () -> signalAll(condition));
        assertThat(made[0]).isPositive();
        assertThat(used[0]).isPositive();
        assertThat(made[0]).isEqualTo(used[0] + tokens[0]);
        assertThat(condition.statistics()).isEqualTo(new Condition.Statistics(false, 0));
    }

    private boolean waitForToken(Condition condition, int[] tokens, Random random) throws InterruptedException {
        if (random.nextBoolean()) {
            return condition.awaitUntil(() -> tokens[0] > 0, shortTime(random));
        }
        condition.awaitUntil(() -> tokens[0] > 0 || over);
        return tokens[0] > 0;
    }

    private static void signalAll(Condition condition) {
        try (var held = condition.hold()) {
            condition.signalAll();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One thread is never interrupted and waits for a signal of its own; every signal sent to the two must arrive at one. */
    @Test
    void shouldHandASignalToTheNextWhenTheFirstIsInterrupted() throws Exception {
        Condition condition = new Condition();
        AtomicInteger received = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        CheckedConsumer<Integer> body = index -> {
            while (!over) {
                try (var held = condition.hold()) {
                    if (!over && condition.await()) {
                        received.incrementAndGet();
                    }
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
                java.lang.Thread.interrupted(); // one that came with or after the signal
            }
        };
        Random random = new Random(SEED);
        try (var crew = Crew.start(2, body)) {
            for (int i = 0; i < 1_500; i++) {
                Deadlines.eventually("both wait", () -> condition.statistics().waiting() == 2);
                int before = received.get();
                crew.member(0).interrupt();
                for (int spins = random.nextInt(400); spins > 0; spins--) {
                    java.lang.Thread.onSpinWait();
                }
                try (var held = condition.hold()) {
                    condition.signal();
                    sent.incrementAndGet();
                }
                Deadlines.eventually("the signal arrives", () -> received.get() == before + 1);
            }
            assertThat(received.get()).isEqualTo(sent.get());
            over = true;
            Deadlines.eventually("all come to an end", () -> {
                signalAll(condition);
                return crew.finished() == 2;
            });
        }
        assertThat(interrupted.get()).isPositive();
    }

    @Test
    void shouldCompleteARoundOfABarrierForAllOrForNone() {
        Barrier barrier = new Barrier(THREADS);
        AtomicIntegerArray passes = new AtomicIntegerArray(THREADS);
        AtomicInteger broken = new AtomicInteger();
        storm(
                (index, random) -> {
                    try {
                        barrier.await();
                        passes.incrementAndGet(index);
                    } catch (BrokenBarrierException e) {
                        broken.incrementAndGet();
                        barrier.reset();
                    }
                },
                barrier::reset);
        for (int i = 1; i < THREADS; i++) {
            assertThat(passes.get(i)).isEqualTo(passes.get(0));
        }
        assertThat(broken.get()).isPositive();
        assertThat(barrier.nWaiting()).isZero();
    }
}
