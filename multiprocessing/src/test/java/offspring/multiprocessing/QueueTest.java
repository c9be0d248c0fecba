package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.internal.segment.Session;
import offspring.queue.EmptyException;
import offspring.queue.FullException;
import offspring.queue.MessageQueue;
import offspring.queue.TaskQueue;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import offspring.testkit.contract.BoundedQueueContract;
import offspring.testkit.contract.QueueContract;
import offspring.testkit.contract.TaskQueueContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The queues between processes, as far as one process can see. */
@ExtendWith(FamilyCheck.class)
class QueueTest {

    private final Opened opened = new Opened();

    @AfterEach
    void closeQueues() {
        opened.closeAll();
    }

    /** The queues of a test, to be closed after it. */
    private static final class Opened {

        private final List<QueueBase<?>> queues = new ArrayList<>();

        <Q extends QueueBase<?>> Q add(Q queue) {
            queues.add(queue);
            return queue;
        }

        void closeAll() {
            queues.forEach(QueueBase::close);
        }

        static <Q> Q make(offspring.core.function.CheckedSupplier<Q> maker) {
            return maker.get();
        }
    }

    @Nested
    class AsAQueue extends BoundedQueueContract {
        @Override
        protected MessageQueue<Integer> newQueue(int maxsize) {
            return opened.add(Opened.make(() -> new Queue<Integer>(maxsize)));
        }
    }

    @Nested
    class AsAJoinableQueue extends TaskQueueContract {
        @Override
        protected TaskQueue<Integer> newQueue(int maxsize) {
            return opened.add(Opened.make(() -> new JoinableQueue<Integer>(maxsize)));
        }
    }

    @Nested
    class AsASimpleQueue extends QueueContract {
        @Override
        protected MessageQueue<Integer> newQueue() {
            return opened.add(Opened.make(() -> new SimpleQueue<Integer>()));
        }
    }

    private <T> Queue<T> queue(int maxsize) throws IOException {
        return opened.add(new Queue<>(maxsize));
    }

    // ---- what cannot travel

    private static final class NotSerializable {}

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_queue_feeder_donot_stop_onexc")
    void shouldTellTheCallerOfPutWhatCannotBeSerializedAndCountNothing() throws Exception {
        Queue<Object> queue = queue(1);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> queue.put(List.of(new NotSerializable())))
                .withMessageContaining("NotSerializable")
                .withCauseInstanceOf(NotSerializableException.class);
        assertThat(queue.qsize()).isZero();

        queue.putNowait(true);

        assertThat(queue.qsize()).isEqualTo(1);
        assertThat(queue.get(PATIENCE)).isEqualTo(true);
        assertThat(queue.empty()).isTrue();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_queue_feeder_on_queue_feeder_error")
    void shouldGoOnFeedingWhenAnItemCannotBeSerialized() throws Exception {
        Queue<Object> queue = queue(0);
        int items = fillRing(queue);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> queue.put(new NotSerializable()));
        queue.put("last");
        for (int i = 0; i < items; i++) {
            assertThat(((byte[]) queue.get(PATIENCE)).length).isEqualTo(5_000);
        }
        assertThat(queue.get(PATIENCE)).isEqualTo("last");
    }

    /** Puts items until some are buffered; says how many. */
    private static int fillRing(Queue<Object> queue) throws InterruptedException {
        int items = 0;
        while (queue.statistics().buffered() < 10) {
            queue.put(new byte[5_000]);
            items++;
        }
        return items;
    }

    // ---- the buffer

    @Test
    void shouldKeepTheOrderWhenTheRingIsFullAndWhenItIsNot() throws Exception {
        Queue<Integer> queue = queue(0);
        int items = 100_000;
        for (int i = 0; i < items; i++) {
            queue.put(i);
        }
        assertThat(queue.qsize()).isBetween(items, items + 1);
        for (int i = 0; i < items / 2; i++) {
            assertThat(queue.get(PATIENCE)).isEqualTo(i);
        }
        for (int i = items; i < items + items / 2; i++) {
            queue.put(i);
        }
        for (int i = items / 2; i < items + items / 2; i++) {
            assertThat(queue.get(PATIENCE)).isEqualTo(i);
        }
        assertThat(queue.empty()).isTrue();
    }

    @Test
    void shouldBufferACopyOfTheItem() throws Exception {
        Queue<Object> queue = queue(0);
        int items = fillRing(queue);
        int[] large = new int[100_000];
        large[99_999] = 1;
        queue.put(large);
        large[99_999] = 2;
        for (int i = 0; i < items; i++) {
            queue.get(PATIENCE);
        }
        assertThat(((int[]) queue.get(PATIENCE))[99_999]).isEqualTo(1);
    }

    @Test
    void shouldNeverWaitForAReaderHoweverLongTheItems() throws Exception {
        Queue<byte[]> queue = queue(3);
        for (int i = 0; i < 3; i++) {
            queue.putNowait(new byte[5_000_000 + i]);
        }
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(new byte[1]));
        for (int i = 0; i < 3; i++) {
            assertThat(queue.get(PATIENCE).length).isEqualTo(5_000_000 + i);
        }
        Deadlines.eventually("all is taken", queue::empty);
    }

    // ---- closing

    @Test
    @FromCPython({
        "_test_multiprocessing._TestQueue.test_closed_queue_put_get_exceptions",
        "_test_multiprocessing._TestQueue.test_closed_queue_empty_exceptions"
    })
    void shouldRefuseEverythingWhenClosed() throws Exception {
        List<QueueBase<String>> queues =
                List.of(queue(0), opened.add(new JoinableQueue<String>()), opened.add(new SimpleQueue<String>()));
        for (QueueBase<String> queue : queues) {
            queue.put("there");
            queue.close();
            queue.close();
            assertThatIllegalStateException().isThrownBy(() -> queue.put("x")).withMessageContaining("is closed");
            assertThatIllegalStateException().isThrownBy(() -> queue.put("x", Duration.ZERO));
            assertThatIllegalStateException().isThrownBy(() -> queue.putNowait("x"));
            assertThatIllegalStateException().isThrownBy(queue::get).withMessageContaining("is closed");
            assertThatIllegalStateException().isThrownBy(() -> queue.get(Duration.ZERO));
            assertThatIllegalStateException().isThrownBy(queue::getNowait);
            assertThatIllegalStateException().isThrownBy(queue::qsize);
            assertThatIllegalStateException().isThrownBy(queue::empty);
            assertThatIllegalStateException().isThrownBy(queue::full);
            assertThat(queue.isReady()).isTrue();
            assertThat(queue.toString()).contains("closed");
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestSimpleQueue.test_close")
    void shouldAllowClosingTwice() throws Exception {
        var queue = new SimpleQueue<Integer>();
        queue.close();
        queue.close();
        assertThatIllegalStateException().isThrownBy(queue::empty);
    }

    @Test
    void shouldWakeThoseWhoWaitWhenClosed() throws Exception {
        Queue<Integer> queue = queue(1);
        queue.put(1);
        JoinableQueue<Integer> tasks = opened.add(new JoinableQueue<>());
        tasks.put(1);
        tasks.get();
        try (var putters = Crew.start(2, () -> assertThatIllegalStateException().isThrownBy(() -> queue.put(2)));
                var getters =
                        Crew.start(2, () -> assertThatIllegalStateException().isThrownBy(tasks::get));
                var joiners =
                        Crew.start(2, () -> assertThatIllegalStateException().isThrownBy(tasks::join))) {
            putters.awaitBlocked();
            getters.awaitBlocked();
            joiners.awaitBlocked();
            queue.close();
            tasks.close();
            putters.join();
            getters.join();
            joiners.join();
        }
    }

    @Test
    void shouldJoinTheFeederOnlyWhenClosed() throws Exception {
        Queue<Object> queue = queue(0);
        assertThatIllegalStateException().isThrownBy(queue::joinThread).withMessageContaining("close()");
        queue.put(1);
        queue.close();
        queue.joinThread();
        queue.joinThread();
    }

    @Test
    void shouldDropWhatIsBufferedWhenItsLastHolderClosesIt() throws Exception {
        var queue = new Queue<byte[]>();
        for (int i = 0; i < 20; i++) {
            queue.put(new byte[50_000]);
        }
        assertThat(queue.statistics().buffered()).isPositive();
        queue.close();
        try (Crew closer = Crew.start(1, queue::joinThread)) {
            closer.join();
        }
    }

    @Test
    void shouldKeepWhatIsBufferedWhenItsHandleIsOnItsWay() throws Exception {
        var carrier = new Queue<Queue<byte[]>>();
        var queue = new Queue<byte[]>();
        for (int i = 0; i < 20; i++) {
            queue.put(new byte[50_000]);
        }
        carrier.put(queue);
        queue.close();
        try (var arrived = carrier.get()) {
            for (int i = 0; i < 20; i++) {
                assertThat(arrived.get(PATIENCE)).hasSize(50_000);
            }
        }
        carrier.close();
    }

    @Test
    void shouldThrowWhenInterruptedWhileJoiningTheFeeder() throws Exception {
        Process reader;
        Queue<Object> queue = queue(0);
        Event go = new Event();
        reader = Kin.begin(() -> {
            go.await();
            while (true) {
                try {
                    queue.get(Duration.ofMillis(300));
                } catch (EmptyException e) {
                    return;
                }
            }
        });
        fillRing(queue);
        queue.close();
        try (var crew = Crew.start(
                1, () -> assertThatExceptionOfType(InterruptedException.class).isThrownBy(queue::joinThread))) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        go.set();
        queue.joinThread();
        Kin.join(reader);
        go.close();
    }

    // ---- waiting, looking

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_timeout")
    void shouldGiveUpAfterTheTimeout() throws Exception {
        Queue<Integer> queue = queue(0);
        long start = System.nanoTime();
        assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(Duration.ofMillis(200)));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_qsize")
    void shouldCountTheItems() throws Exception {
        Queue<Integer> queue = queue(0);
        assertThat(queue.qsize()).isZero();
        queue.put(1);
        assertThat(queue.qsize()).isEqualTo(1);
        queue.put(5);
        assertThat(queue.qsize()).isEqualTo(2);
        queue.get();
        assertThat(queue.qsize()).isEqualTo(1);
        queue.get();
        assertThat(queue.qsize()).isZero();
        assertThat(queue.statistics()).isEqualTo(new Queue.Statistics(0, 0, 2, 2, 0));
        assertThat(queue).hasToString("<Queue(maxsize=0, qsize=0)>");
    }

    @Test
    void shouldBeReadyWhenThereIsAnItem() throws Exception {
        Queue<Integer> queue = queue(0);
        assertThat(queue.isReady()).isFalse();
        assertThat(queue.await(Duration.ofMillis(1))).isFalse();
        queue.put(1);
        assertThat(queue.isReady()).isTrue();
        assertThat(queue.await(PATIENCE)).isTrue();
        assertThat(queue.get()).isEqualTo(1);
    }

    @Test
    void shouldTimeOutInTheMiddleOfALongItemOfASimpleQueueAndPutNothing() throws Exception {
        SimpleQueue<Object> queue = opened.add(new SimpleQueue<>());
        assertThatExceptionOfType(FullException.class)
                .isThrownBy(() -> queue.put(new byte[5_000_000], Duration.ofMillis(20)));
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(new byte[5_000_000]));
        assertThat(queue.qsize()).isZero();
        queue.put("next");
        assertThat(queue.get(PATIENCE)).isEqualTo("next");
    }

    @Test
    void shouldGiveItsMemoryBackWhenUnreachable() throws Exception {
        makeAndForget();
        Path directory = Session.current().directory();
        Deadlines.eventually("the queues are collected", () -> {
            System.gc();
            String[] pipes = directory.toFile().list((folder, name) -> name.startsWith("pipe-"));
            return pipes != null && pipes.length == 0;
        });
    }

    private static void makeAndForget() throws Exception {
        new Queue<Integer>().put(1);
        new SimpleQueue<Integer>().put(1);
    }
}
