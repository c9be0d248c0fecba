package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.VirtualThreads;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand virtual threads wait on one primitive. They have but as many carriers as the machine has processors: had one
 * of them kept its carrier while it waits, the others could not even begin to. A JVM without virtual threads runs the tests
 * with fewer, platform threads.
 */
@SuppressWarnings("try") // holds are closed, not looked at
class VirtualThreadTest {

    private static final int MANY = VirtualThreads.available() ? 10_000 : 500;

    @Test
    void shouldBlockAndFreeManyVirtualThreadsOnALock() throws Exception {
        Lock lock = new Lock();
        int[] counter = {0};
        lock.acquire();
        try (var crew = Crew.start(MANY, VirtualThreads.factoryIfAvailable(), index -> {
            try (var held = lock.hold()) {
                counter[0]++;
            }
        })) {
            Deadlines.eventually("all wait", () -> lock.statistics().waiting() == MANY);
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            lock.release();
        }
        assertThat(counter[0]).isEqualTo(MANY);
    }

    @Test
    void shouldBlockAndFreeManyVirtualThreadsOnAnRLock() throws Exception {
        RLock lock = new RLock();
        int[] counter = {0};
        lock.acquire();
        try (var crew = Crew.start(MANY, VirtualThreads.factoryIfAvailable(), index -> {
            try (var outer = lock.hold();
                    var inner = lock.hold()) {
                counter[0]++;
            }
        })) {
            Deadlines.eventually("all wait", () -> lock.statistics().waiting() == MANY);
            crew.awaitBlocked();
            lock.release();
        }
        assertThat(counter[0]).isEqualTo(MANY);
    }

    @Test
    void shouldBlockAndFreeManyVirtualThreadsOnACondition() throws Exception {
        Condition condition = new Condition();
        AtomicInteger woken = new AtomicInteger();
        try (var crew = Crew.start(MANY, VirtualThreads.factoryIfAvailable(), index -> {
            try (var held = condition.hold()) {
                assertThat(condition.await()).isTrue();
                woken.incrementAndGet();
            }
        })) {
            Deadlines.eventually("all wait", () -> condition.statistics().waiting() == MANY);
            crew.awaitBlocked();
            try (var held = condition.hold()) {
                condition.signal(MANY / 2);
            }
            Deadlines.eventually("half are woken", () -> woken.get() == MANY / 2);
            assertThat(condition.statistics().waiting()).isEqualTo(MANY - MANY / 2);
            try (var held = condition.hold()) {
                condition.signalAll();
            }
        }
        assertThat(woken.get()).isEqualTo(MANY);
    }

    @Test
    void shouldBlockAndFreeManyVirtualThreadsOnASemaphoreAnEventAndABarrier() throws Exception {
        Semaphore semaphore = new Semaphore(0);
        Event event = new Event();
        Barrier barrier = new Barrier(MANY + 1);
        AtomicInteger passed = new AtomicInteger();
        try (var crew = Crew.start(MANY, VirtualThreads.factoryIfAvailable(), index -> {
            semaphore.acquire();
            event.await();
            barrier.await();
            passed.incrementAndGet();
        })) {
            Deadlines.eventually(
                    "all wait for a permit", () -> semaphore.statistics().waiting() == MANY);
            semaphore.release(MANY);
            Deadlines.eventually(
                    "all wait for the event", () -> event.statistics().waiting() == MANY);
            event.set();
            Deadlines.eventually("all wait at the barrier", () -> barrier.nWaiting() == MANY);
            assertThat(passed.get()).isZero();
            assertThat(barrier.await()).isEqualTo(MANY);
        }
        assertThat(passed.get()).isEqualTo(MANY);
    }

    @Test
    void shouldInterruptManyVirtualThreads() throws Exception {
        Lock lock = new Lock();
        AtomicInteger interrupted = new AtomicInteger();
        lock.acquire();
        try (var crew = Crew.start(1_000, VirtualThreads.factoryIfAvailable(), index -> {
            try {
                lock.acquire();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        })) {
            Deadlines.eventually("all wait", () -> lock.statistics().waiting() == 1_000);
            crew.interrupt();
        }
        assertThat(interrupted.get()).isEqualTo(1_000);
        assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(true, 0));
        lock.release();
    }
}
