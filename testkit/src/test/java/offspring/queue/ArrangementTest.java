package offspring.queue;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import offspring.core.function.CheckedRunnable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

class ArrangementTest {

    private static final int BOUND = 5;

    private static final class Mischief extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** First in, first out, and fails when told to. */
    private static final class Moody implements Arrangement<Integer> {
        private final ArrayDeque<Integer> items = new ArrayDeque<>();
        private volatile boolean failNextAdd;
        private volatile boolean failNextRemove;

        @Override
        public void add(Integer item) {
            if (failNextAdd) {
                failNextAdd = false;
                throw new Mischief();
            }
            items.add(item);
        }

        @Override
        public Integer remove() {
            if (failNextRemove) {
                failNextRemove = false;
                throw new Mischief();
            }
            return items.remove();
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    private static final class MoodyQueue extends Queue<Integer> {
        private final Moody moody;

        MoodyQueue(int maxsize) {
            this(maxsize, new Moody());
        }

        private MoodyQueue(int maxsize, Moody moody) {
            super(maxsize, moody);
            this.moody = moody;
        }
    }

    private static final class UniqueQueue<T> extends Queue<T> {
        UniqueQueue() {
            this(0);
        }

        UniqueQueue(int maxsize) {
            super(maxsize, new Arrangement<T>() {
                private final LinkedHashSet<T> items = new LinkedHashSet<>();

                @Override
                public void add(T item) {
                    items.add(item);
                }

                @Override
                public T remove() {
                    T first = items.iterator().next();
                    items.remove(first);
                    return first;
                }

                @Override
                public int size() {
                    return items.size();
                }
            });
        }
    }

    private static void assertFails(CheckedRunnable call) {
        assertThatExceptionOfType(Mischief.class).isThrownBy(call::runChecked);
    }

    @Test
    @FromCPython("test_queue.FailingQueueTest.test_failing_queue")
    void shouldStayConsistentWhenItsArrangementFails() throws InterruptedException {
        MoodyQueue queue = new MoodyQueue(BOUND);
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < BOUND; i++) {
                queue.put(i);
            }
            failPuts(queue);
            failGets(queue);
            assertThat(queue.empty()).isTrue();
        }
        assertThat(queue.unfinishedTasks()).isEqualTo(queue.statistics().puts());
    }

    private static void failPuts(MoodyQueue queue) throws InterruptedException {
        queue.moody.failNextAdd = true;
        assertFails(() -> queue.put(-1, false));
        queue.moody.failNextAdd = true;
        assertFails(() -> queue.put(-1, Duration.ofMillis(100)));
        queue.put(BOUND);
        assertThat(queue.full()).isTrue();
        failWhileBlocked(queue, () -> queue.put(-1));
        queue.put(6);
        failWhileBlocked(queue, () -> queue.put(-1, PATIENCE));
        queue.put(7);
        assertThat(queue.full()).isTrue();
        queue.get();
        assertThat(queue.full()).isFalse();
        queue.put(8);
        assertThat(queue.full()).isTrue();
        try (var putter = Crew.start(1, () -> queue.put(9))) {
            putter.awaitBlocked();
            queue.get();
        }
        for (int i = 0; i < BOUND; i++) {
            queue.get();
        }
        assertThat(queue.empty()).isTrue();
    }

    private static void failWhileBlocked(MoodyQueue queue, CheckedRunnable put) throws InterruptedException {
        queue.moody.failNextAdd = true;
        try (var putter = Crew.start(1, () -> assertFails(put))) {
            putter.awaitBlocked();
            queue.get();
        }
    }

    private static void failGets(MoodyQueue queue) throws InterruptedException {
        queue.put(1);
        queue.moody.failNextRemove = true;
        assertFails(queue::get);
        assertThat(queue.qsize()).isEqualTo(1);
        queue.moody.failNextRemove = true;
        assertFails(() -> queue.get(Duration.ofMillis(100)));
        assertThat(queue.qsize()).isEqualTo(1);
        queue.get();
        assertThat(queue.empty()).isTrue();
        queue.moody.failNextRemove = true;
        try (var getter = Crew.start(1, () -> assertFails(queue::get))) {
            getter.awaitBlocked();
            queue.put(2);
        }
        assertThat(queue.qsize()).isEqualTo(1);
        queue.get();
    }

    @Test
    void shouldWakeTheNextGetterWhenTheFirstOneFails() throws InterruptedException {
        MoodyQueue queue = new MoodyQueue(0);
        int[] outcomes = new int[2];
        try (var getters = Crew.start(2, (Integer index) -> {
            try {
                outcomes[index] = queue.get();
            } catch (Mischief e) {
                outcomes[index] = -1;
            }
        })) {
            Deadlines.eventually("both sleep", () -> queue.statistics().waitingGetters() == 2);
            queue.moody.failNextRemove = true;
            queue.put(7);
            getters.join();
        }
        assertThat(outcomes).containsExactlyInAnyOrder(-1, 7);
    }

    @Test
    void shouldWakeTheNextPutterWhenTheFirstOneFails() throws InterruptedException {
        MoodyQueue queue = new MoodyQueue(1);
        queue.put(1);
        try (var putters = Crew.start(2, () -> {
            try {
                queue.put(2);
            } catch (Mischief e) {
                assertThat(queue.moody.failNextAdd).isFalse();
            }
        })) {
            Deadlines.eventually("both sleep", () -> queue.statistics().waitingPutters() == 2);
            queue.moody.failNextAdd = true;
            queue.get();
            putters.join();
        }
        assertThat(queue.qsize()).isEqualTo(1);
    }

    @Test
    void shouldTellSleepersOfAShutdownEvenWhenTheArrangementFails() throws InterruptedException {
        MoodyQueue queue = new MoodyQueue(1);
        queue.put(1);
        try (var putter = Crew.start(
                1, () -> assertThatExceptionOfType(ShutDownException.class).isThrownBy(() -> queue.put(2)))) {
            putter.awaitBlocked();
            queue.moody.failNextRemove = true;
            assertFails(() -> queue.shutdown(true));
            putter.join();
        }
        assertThat(queue.isShutdown()).isTrue();
        queue.shutdown(true);
        queue.join();
    }

    @Test
    void shouldCountATaskForEachPutThatReturns() throws InterruptedException {
        UniqueQueue<String> queue = new UniqueQueue<>();
        queue.put("a");
        queue.put("a");
        queue.put("b");
        assertThat(queue.qsize()).isEqualTo(2);
        assertThat(queue.unfinishedTasks()).isEqualTo(3);
        assertThat(queue.get()).isEqualTo("a");
        assertThat(queue.get()).isEqualTo("b");
        assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> queue.asBlockingQueue().toArray())
                .withMessageContaining("toList()");
    }

    @Test
    void shouldWakeTheNextPutterWhenTheArrangementDropsAnItem() throws InterruptedException {
        UniqueQueue<String> queue = new UniqueQueue<>(2);
        queue.put("first");
        queue.put("twice");
        try (var dropped = Crew.start(1, () -> queue.put("twice"))) {
            dropped.awaitBlocked();
            try (var next = Crew.start(1, () -> queue.put("next"))) {
                next.awaitBlocked();

                assertThat(queue.get()).isEqualTo("first");

                next.join();
            }
        }
        assertThat(queue.get()).isEqualTo("twice");
        assertThat(queue.get()).isEqualTo("next");
    }
}
