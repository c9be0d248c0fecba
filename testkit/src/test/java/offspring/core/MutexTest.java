package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;

/** The hand-over of signalled threads from a condition to its lock, step by step. */
class MutexTest {

    private final Lock lock = new Lock();
    private final List<Waiter> asleep = new CopyOnWriteArrayList<>();

    MutexTest() {
        lock.mutex().serveConditions();
    }

    private Crew sleepers(int size) {
        Crew crew = Crew.start(size, () -> {
            Waiter waiter = new Waiter();
            asleep.add(waiter);
            waiter.sleep(this);
            assertThat(waiter.giveUp()).isFalse();
        });
        Deadlines.eventually("all sleep", () -> asleep.size() == size);
        return crew.awaitBlocked();
    }

    private void signal(int index) {
        assertThat(asleep.get(index).signal()).isTrue();
        lock.mutex().wakeWhenFree(asleep.get(index));
    }

    @Test
    void shouldWakeAtOnceWhenTheLockHasBecomeFreeBeforeTheSignal() {
        try (var crew = sleepers(1)) {
            signal(0);
            crew.join();
        }
    }

    @Test
    void shouldWakeOneForEachReleaseInTheOrderOfTheSignals() throws Exception {
        try (var crew = sleepers(3)) {
            lock.acquire();
            for (int i = 0; i < 3; i++) {
                signal(i);
            }
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            for (int i = 1; i <= 3; i++) {
                lock.release();
                int woken = i;
                Deadlines.eventually(woken + " woken", () -> crew.finished() == woken);
                assertThat(lock.acquire(false)).isTrue();
            }
        }
        lock.release();
    }

    @Test
    void shouldEndAWaitOnce() {
        Waiter signalled = new Waiter();
        assertThat(signalled.signal()).isTrue();
        assertThat(signalled.signal()).isFalse();
        assertThat(signalled.giveUp()).isFalse();
        Waiter gone = new Waiter();
        assertThat(gone.giveUp()).isTrue();
        assertThat(gone.signal()).isFalse();
    }
}
