package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.connection.Connections;
import offspring.multiprocessing.storm.Signals;
import offspring.queue.EmptyException;
import offspring.queue.FullException;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that is stopped (SIGSTOP) keeps what it has, but no bounded wait of another waits longer for it than it was told to. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class StoppedProcessTest {

    private static final Duration MOMENT = Deadlines.scaled(Duration.ofMillis(5));

    /** Returns when all its threads stand; until then one may still take a lock. */
    private static void stop(Process process) throws IOException, InterruptedException {
        ConnectionAcrossProcessesTest.signal(process, "STOP");
        long pid = process.pid().getAsLong();
        assumeTrue(Signals.canTell(pid), "only Linux shows whether a thread stands");
        Deadlines.eventually("all threads of " + process + " stand", () -> Signals.isStopped(pid));
    }

    private static void resume(Process process) throws IOException, InterruptedException {
        ConnectionAcrossProcessesTest.signal(process, "CONT");
    }

    // ---- stopped at any instruction

    /** One of each kind that can be waited for with a time. */
    private record Shared(
            Lock lock,
            RLock guard,
            Condition condition,
            Semaphore semaphore,
            Event never,
            Event end,
            Queue<byte[]> queue,
            Queue<byte[]> bounded,
            SimpleQueue<byte[]> simple,
            Connection receiver,
            Connection sender,
            LongValue rounds)
            implements Serializable {

        static Shared make(Pipe pipe) throws IOException {
            RLock guard = new RLock();
            return new Shared(
                    new Lock(),
                    guard,
                    new Condition(guard),
                    new Semaphore(1),
                    new Event(),
                    new Event(),
                    new Queue<>(),
                    new Queue<>(3),
                    new SimpleQueue<>(),
                    pipe.first(),
                    pipe.second(),
                    Value.ofLong(0));
        }

        /** Takes and gives back each in turn, until the end. */
        void use() throws IOException, InterruptedException {
            Random random = new Random(7);
            while (!end.isSet()) {
                lock.acquire();
                lock.release();
                condition.acquire();
                condition.signal();
                condition.await(Duration.ofNanos(random.nextInt(20_000)));
                condition.release();
                semaphore.acquire();
                semaphore.release();
                use(queue, random);
                use(bounded, random);
                simple.put(new byte[random.nextInt(2_000)]);
                simple.get();
                sender.sendBytes(new byte[random.nextInt(2_000)]);
                receiver.recvBytes();
                rounds.getAndAdd(1);
            }
        }

        private static void use(Queue<byte[]> queue, Random random) throws InterruptedException {
            try {
                queue.putNowait(new byte[random.nextInt(2_000)]);
                queue.get(Duration.ofNanos(random.nextInt(20_000)));
            } catch (FullException | EmptyException othersHavePutOrTaken) {
                rest();
            }
        }

        private static void rest() {
            Thread.onSpinWait();
        }

        /**
         * Waits for each for a moment; what can be had is given back, or, where the process stands in the middle of a put, is among what
         * this gives: to be done when the process goes on. A condition's await is bounded only as far as the lock can be had
         * again afterwards; here it can, since who stands does not take it.
         */
        List<CheckedRunnable> waitForEach() throws Exception {
            List<CheckedRunnable> owed = new ArrayList<>();
            onTime(() -> {
                if (lock.acquire(MOMENT)) {
                    lock.release();
                }
            });
            onTime(() -> {
                if (condition.acquire(MOMENT)) {
                    condition.await(MOMENT);
                    condition.release();
                }
            });
            onTime(() -> {
                if (semaphore.acquire(MOMENT)) {
                    semaphore.release();
                }
            });
            onTime(() -> assertThat(never.await(MOMENT)).isFalse());
            for (var each : List.of(queue, bounded, simple)) {
                onTime(() -> {
                    byte[] item;
                    try {
                        item = each.get(MOMENT);
                    } catch (EmptyException e) {
                        assertThat(e).hasMessageContaining(MOMENT.toString());
                        return;
                    }
                    try {
                        each.put(item, MOMENT);
                    } catch (FullException e) {
                        assertThat(e).hasMessageContaining(MOMENT.toString());
                        owed.add(() -> each.put(item));
                    }
                });
            }
            onTime(() -> receiver.poll(MOMENT));
            onTime(() -> Connections.await(List.of(receiver), MOMENT));
            return owed;
        }

        private static void onTime(CheckedRunnable waiting) throws Exception {
            long start = System.nanoTime();
            waiting.runChecked();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(MOMENT.multipliedBy(20).plusSeconds(1));
        }

        void close() {
            List.<offspring.multiprocessing.Shared>of(lock, condition, guard, semaphore, never, end, rounds)
                    .forEach(offspring.multiprocessing.Shared::close);
            List.of(queue, bounded, simple).forEach(QueueBase::close);
        }
    }

    @Test
    void shouldTimeOutOnTimeWhereverAProcessIsStoppedAndGoOnWhenItContinues() throws Exception {
        Random random = new Random(20261120);
        try (Pipe pipe = Pipe.oneWay()) {
            Shared shared = Shared.make(pipe);
            Process process = Kin.begin(shared::use);
            try {
                for (int i = 0; i < 40; i++) {
                    long rounds = shared.rounds.get();
                    Deadlines.eventually("it goes on", () -> shared.rounds.get() > rounds);
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                    stop(process);
                    List<CheckedRunnable> owed = shared.waitForEach();
                    resume(process);
                    for (CheckedRunnable one : owed) {
                        one.runChecked();
                    }
                }
            } finally {
                resume(process);
            }
            shared.end.set();
            Kin.join(process);

            assertThat(process.exitcode()).hasValue(0);
            assertThat(shared.lock.locked() || shared.guard.locked()).isFalse();
            assertThat(shared.semaphore.value()).isOne();
            assertThat(shared.condition.statistics().waiting()).isZero();
            assertThat(shared.simple.empty()).isTrue();
            assertThat(pipe.first().poll()).isFalse();
            shared.close();
        }
    }

    // ---- stopped in the middle of a long item

    @Test
    void shouldTimeOutOnTimeWhileAStoppedConsumerHasHalfOfAnItem() throws Exception {
        try (var queue = new Queue<byte[]>(3);
                var whole = new Event()) {
            Process producer = Kin.begin(() -> {
                for (byte i = 1; i <= 2; i++) {
                    byte[] item = new byte[4 << 20];
                    item[item.length - 1] = i;
                    queue.put(item);
                }
            });
            Deadlines.eventually(
                    "one item has begun, and one is buffered", () -> queue.isReady() && queue.qsize() == 2);
            stop(producer);
            Process consumer = new Process(() -> {
                assertThat(queue.get()[(4 << 20) - 1]).isEqualTo((byte) 1);
                whole.set();
            });
            consumer.start();
            long pid = consumer.pid().getAsLong();
            Deadlines.eventually(
                    "the consumer waits for the rest",
                    () -> FamilyCheck.stacksOf(pid).contains("awaitRest"));
            stop(consumer);

            long start = System.nanoTime();
            assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(SHORT));
            Deadlines.assertTook(start, SHORT);
            assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
            assertThat(queue.full()).isFalse();
            queue.put(new byte[] {3}, SHORT);
            assertThat(queue.full()).isTrue();
            start = System.nanoTime();
            assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.put(new byte[0], SHORT));
            Deadlines.assertTook(start, SHORT);
            assertThat(whole.isSet()).isFalse();

            resume(producer);
            resume(consumer);
            assertThat(whole.await(PATIENCE)).isTrue();
            byte[] second = queue.get(PATIENCE);
            byte[] third = queue.get(PATIENCE); // whose item reaches shared memory first is not specified
            assertThat(List.of(second[second.length - 1], third[third.length - 1]))
                    .containsExactlyInAnyOrder((byte) 2, (byte) 3);
            for (Process process : List.of(producer, consumer)) {
                Kin.join(process);
                assertThat(process.exitcode()).hasValue(0);
            }
        }
    }

    @Test
    void shouldPutAtOnceWhileAStoppedProducerIsInTheMiddleOfAnItem() throws Exception {
        try (var queue = new JoinableQueue<byte[]>()) {
            Process producer = Kin.begin(() -> queue.put(new byte[4 << 20]));
            Deadlines.eventually("an item has begun", queue::isReady);
            stop(producer);

            long start = System.nanoTime();
            queue.put(new byte[] {1}, SHORT);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(SHORT.multipliedBy(10).plusSeconds(1));
            start = System.nanoTime();
            assertThat(queue.join(SHORT)).isFalse();
            Deadlines.assertTook(start, SHORT);
            assertThat(queue.qsize()).isEqualTo(2);

            resume(producer);
            assertThat(queue.get(PATIENCE)).hasSize(4 << 20);
            assertThat(queue.get(PATIENCE)).containsExactly(1);
            queue.taskDone();
            queue.taskDone();
            assertThat(queue.join(PATIENCE)).isTrue();
            Kin.join(producer);
        }
    }
}
