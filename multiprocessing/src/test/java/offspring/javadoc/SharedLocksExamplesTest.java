package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import offspring.multiprocessing.Barrier;
import offspring.multiprocessing.BoundedSemaphore;
import offspring.multiprocessing.Condition;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.LongValue;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.RLock;
import offspring.multiprocessing.Semaphore;
import offspring.multiprocessing.Shared;
import offspring.multiprocessing.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of what processes wait for. */
@SuppressWarnings("try") // holds are released, not used
@ExtendWith(FamilyCheck.class)
class SharedLocksExamplesTest {

    /** How often this process has asked. */
    private static int queries;

    private static void query() {
        queries++;
    }

    @Test
    void shouldHoldALockInTwoProcesses() throws Exception {
        LongValue total = Value.ofLong(0);
        // region multiprocessing.Lock
        var lock = new Lock();
        var child = new Process(() -> {
            try (var held = lock.hold()) { // Python: with lock:
                total.set(total.get() + 1); // two steps, and no other process in between
            }
        });
        child.start();
        try (var held = lock.hold()) {
            total.set(total.get() + 1);
        }
        // endregion
        Children.endWell(child);
        assertThat(total.get()).isEqualTo(2);
    }

    @Test
    void shouldHoldALockTwice() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.RLock
            var lock = new RLock();
            try (var outer = lock.hold()) {
                try (var inner = lock.hold()) { // does not wait: this thread has it
                    System.out.println(lock.recursionCount()); // 2
                }
            }
            // endregion
            assertThat(out.lines()).containsExactly("2");
            assertThat(lock.locked()).isFalse();
        }
    }

    @Test
    void shouldCountPermits() throws Exception {
        // region multiprocessing.Semaphore
        var connections = new Semaphore(3);
        var child = new Process(() -> {
            try (var permit = connections.hold()) { // one of at most three, in all processes
                query();
            }
        });
        child.start();
        // endregion
        Children.endWell(child);
        assertThat(connections.value()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAReleaseTooMany() {
        int before = queries;
        assertThatIllegalStateException().isThrownBy(() -> {
            // region multiprocessing.BoundedSemaphore
            var connections = new BoundedSemaphore(3);
            try (var permit = connections.hold()) { // one of at most three
                query();
            }
            connections.release(); // IllegalStateException: there are three already
            // endregion
        });
        assertThat(queries).isEqualTo(before + 1);
    }

    @Test
    void shouldWaitForWhatAnotherProcessChanges() throws Exception {
        // region multiprocessing.Condition
        var changed = new Condition();
        var counter = Value.ofInt(0);
        var child = new Process(() -> {
            try (var held = changed.hold()) {
                counter.set(1);
                changed.signalAll();
            }
        });
        child.start();
        try (var held = changed.hold()) {
            changed.awaitUntil(() -> counter.get() == 1);
        }
        // endregion
        assertThat(counter.get()).isEqualTo(1);
        Children.endWell(child);
    }

    @Test
    void shouldWaitForASignal() throws Exception {
        // region multiprocessing.Event
        var ready = new Event();
        var child = new Process(() -> {
            ready.await();
            System.out.println("go");
        });
        child.start();
        ready.set();
        // endregion
        Children.endWell(child);
    }

    @Test
    void shouldMeetAtABarrier() throws Exception {
        // region multiprocessing.Barrier
        var start = new Barrier(3);
        for (int i = 0; i < 2; i++) {
            var runner = new Process(() -> {
                start.await();
                System.out.println("off");
            });
            runner.start();
        }
        start.await(); // until both are here
        // endregion
        assertThat(start.broken()).isFalse();
        Children.allEndWell();
    }

    @Test
    void shouldCloseWhatIsShared() throws Exception {
        // region multiprocessing.Shared
        List<Shared> all = List.of(new Lock(), new Event());
        all.forEach(Shared::close);
        // endregion
        assertThatIllegalStateException()
                .isThrownBy(() -> ((Event) all.get(1)).isSet())
                .withMessageContaining("closed");
    }
}
