package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import offspring.core.Acquirable;
import offspring.core.Barrier;
import offspring.core.BoundedSemaphore;
import offspring.core.Condition;
import offspring.core.Event;
import offspring.core.Lock;
import offspring.core.RLock;
import offspring.core.Semaphore;
import offspring.core.Thread;
import org.junit.jupiter.api.Test;

/** The examples of what threads wait for, from {@code offspring.core}. */
@SuppressWarnings("try") // holds are released, not used
class SynchronizationExamplesTest {

    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private int counter;

    private void query() {
        done.add("query");
    }

    private void use(String item) {
        done.add("use " + item);
    }

    @Test
    void shouldHoldWhateverCanBeAcquired() throws Exception {
        for (Acquirable lock : List.of(new Lock(), new RLock(), new Semaphore(1), new Condition())) {
            // region core.Acquirable
            try (var held = lock.hold()) { // Python: with lock:
                counter++;
            }
            // endregion
            assertThat(lock.acquire(false)).isTrue();
            lock.release();
        }
        assertThat(counter).isEqualTo(4);
    }

    @Test
    void shouldGiveBackAHold() throws Exception {
        var lock = new Lock();
        // region core.Hold
        try (var held = lock.hold()) {
            counter++;
        }
        // endregion
        assertThat(counter).isEqualTo(1);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void shouldHoldALock() throws Exception {
        // region core.Lock
        var lock = new Lock();
        try (var held = lock.hold()) { // Python: with lock:
            counter++;
        }
        // endregion
        assertThat(counter).isEqualTo(1);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void shouldHoldALockTwice() throws Exception {
        try (var out = Printed.open()) {
            // region core.RLock
            var lock = new RLock();
            try (var outer = lock.hold()) {
                try (var inner = lock.hold()) { // the same thread: no waiting
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
        // region core.Semaphore
        var connections = new Semaphore(5); // at most five at a time
        try (var held = connections.hold()) {
            query();
        }

        var produced = new Semaphore(0); // counts what there is to take
        produced.release(3); // the producer: three more
        produced.acquire(); // a consumer: waits for one
        // endregion
        assertThat(done).containsExactly("query");
        assertThat(connections.value()).isEqualTo(5);
        assertThat(produced.value()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAReleaseTooMany() {
        assertThatIllegalStateException().isThrownBy(() -> {
            // region core.BoundedSemaphore
            var connections = new BoundedSemaphore(5);
            try (var held = connections.hold()) {
                query();
            }
            connections.release(); // IllegalStateException: all five are there already
            // endregion
        });
        assertThat(done).containsExactly("query");
    }

    @Test
    void shouldWaitForWhatAnotherThreadChanges() throws Exception {
        List<String> items = new ArrayList<>();
        // region core.Condition
        var changed = new Condition();
        var consumer = new Thread(() -> {
            try (var held = changed.hold()) {
                changed.awaitUntil(() -> !items.isEmpty());
                use(items.remove(0));
            }
        });
        consumer.start();

        try (var held = changed.hold()) { // the producer
            items.add("news");
            changed.signal();
        }
        // endregion
        consumer.join();
        assertThat(done).containsExactly("use news");
        assertThat(items).isEmpty();
    }

    @Test
    void shouldWaitUntilEverythingIsReady() throws Exception {
        // region core.Event
        var ready = new Event();
        var worker = new Thread(() -> {
            ready.await(); // here, in any number of threads
            work();
        });
        worker.start();

        prepare();
        ready.set(); // there, once
        // endregion
        worker.join();
        assertThat(done).containsExactly("prepare", "work");
    }

    private void prepare() {
        done.add("prepare");
    }

    private void work() {
        done.add("work");
    }

    @Test
    void shouldMeetAtABarrier() throws Exception {
        try (var out = Printed.open()) {
            // region core.Barrier
            var barrier = new Barrier(2, () -> System.out.println("both are ready"), Duration.ofSeconds(5));
            var server = new Thread(() -> {
                startServer();
                barrier.await();
            });
            server.start();

            barrier.await(); // five seconds at most
            connect();
            // endregion
            server.join();
            assertThat(out.lines()).containsExactly("both are ready");
        }
        assertThat(done).containsExactly("start server", "connect");
    }

    private void startServer() {
        done.add("start server");
    }

    private void connect() {
        done.add("connect");
    }
}
