package offspring.queue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import offspring.testkit.Crew;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockingViewTest {

    static Stream<IntFunction<Queue<Integer>>> queues() {
        return Stream.of(Queue::new, PriorityQueue::new);
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldShowWhatIsInTheQueueAndPutIntoIt(IntFunction<Queue<Integer>> make) throws InterruptedException {
        Queue<Integer> queue = make.apply(3);
        BlockingQueue<Integer> view = queue.asBlockingQueue();
        queue.put(1);
        assertThat(view.add(2)).isTrue();
        view.put(3);
        assertThat(view).containsExactly(1, 2, 3).hasToString("[1, 2, 3]");
        assertThat(view.remainingCapacity()).isZero();
        assertThat(view.offer(4)).isFalse();
        assertThat(view.offer(4, 5, MILLISECONDS)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> view.add(4));
        assertThat(view.peek()).isEqualTo(1);
        assertThat(view.take()).isEqualTo(1);
        assertThat(queue.get()).isEqualTo(2);
        assertThat(view.poll()).isEqualTo(3);
        assertThat(view.poll()).isNull();
        assertThat(view.poll(1, MILLISECONDS)).isNull();
        assertThat(view.peek()).isNull();
        assertThat(view.remainingCapacity()).isEqualTo(3);
        assertThat(queue.unfinishedTasks()).isEqualTo(3);
        assertThat(new Queue<Integer>().asBlockingQueue().remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldRemoveFromTheMiddleAndLetPuttersGoOn(IntFunction<Queue<Integer>> make) throws InterruptedException {
        Queue<Integer> queue = make.apply(700);
        for (int i = 0; i < 700; i++) {
            queue.put(i);
        }
        BlockingQueue<Integer> view = queue.asBlockingQueue();
        try (var putters = Crew.start(2, (Integer index) -> queue.put(1_000 + index))) {
            putters.awaitBlocked();
            assertThat(view.remove(350)).isTrue();
            assertThat(view.remove(350)).isFalse();
            assertThat(view.removeAll(List.of(0, 699))).isTrue();
        }
        assertThat(view.removeIf(item -> item % 2 == 1)).isTrue();
        Iterator<Integer> iterator = view.iterator();
        assertThatIllegalStateException().isThrownBy(iterator::remove);
        assertThat(iterator.next()).isEqualTo(2);
        iterator.remove();
        assertThatIllegalStateException().isThrownBy(iterator::remove);
        assertThat(view.contains(2)).isFalse();
        assertThat(view.contains(4)).isTrue();
        List<Integer> drained = new ArrayList<>();
        assertThat(view.drainTo(drained, 3)).isEqualTo(3);
        assertThat(drained).containsExactly(4, 6, 8);
        assertThat(view.stream().mapToInt(Integer::intValue).max()).hasValue(1_000);
        assertThat(view.retainAll(List.of(10, 1_000))).isTrue();
        assertThat(view.toArray(new Integer[0])).containsExactly(10, 1_000);
        view.clear();
        assertThat(queue.empty()).isTrue();
        queue.put(5);
        assertThat(queue.get()).isEqualTo(5);
    }

    @Test
    void shouldRemoveFromAStackInTheOrderInWhichItWouldGive() throws InterruptedException {
        LifoQueue<Integer> stack = new LifoQueue<>();
        for (int item : new int[] {1, 2, 1, 3}) {
            stack.put(item);
        }
        BlockingQueue<Integer> view = stack.asBlockingQueue();
        assertThat(view).containsExactly(3, 1, 2, 1);
        assertThat(view.peek()).isEqualTo(3);
        assertThat(view.remove(1)).isTrue();
        assertThat(view).containsExactly(3, 2, 1);
    }

    @Test
    void shouldRefuseNullButGiveOneThatWasPutIntoTheQueue() throws InterruptedException {
        Queue<String> queue = new Queue<>();
        BlockingQueue<String> view = queue.asBlockingQueue();
        assertThatNullPointerException().isThrownBy(() -> view.put(null));
        assertThatNullPointerException().isThrownBy(() -> view.offer(null));
        assertThatNullPointerException().isThrownBy(() -> view.add(null));
        assertThat(queue.qsize()).isZero();
        queue.put(null);
        queue.put("a");
        queue.put(null);
        assertThat(view.take()).isNull();
        List<String> drained = new ArrayList<>();
        assertThat(view.drainTo(drained)).isEqualTo(2);
        assertThat(drained).containsExactly("a", null);
        assertThatIllegalArgumentException().isThrownBy(() -> view.drainTo(queue.asBlockingQueue()));
    }

    @Test
    void shouldAnswerAtOnceWhenShutDown() throws InterruptedException {
        Queue<Integer> queue = new Queue<>();
        BlockingQueue<Integer> view = queue.asBlockingQueue();
        queue.put(1);
        queue.shutdown();
        assertThat(view.offer(2)).isFalse();
        assertThat(view.offer(2, 20, SECONDS)).isFalse();
        assertThatExceptionOfType(ShutDownException.class).isThrownBy(() -> view.put(2));
        assertThatExceptionOfType(ShutDownException.class).isThrownBy(() -> view.add(2));
        assertThat(view.take()).isEqualTo(1);
        assertThat(view.poll()).isNull();
        assertThat(view.poll(20, SECONDS)).isNull();
        assertThatExceptionOfType(ShutDownException.class).isThrownBy(view::take);
    }

    @Test
    void shouldServeAThreadPool() throws InterruptedException {
        Queue<Runnable> queue = new Queue<>();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(2, 2, 0, SECONDS, queue.asBlockingQueue());
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            pool.execute(ran::incrementAndGet);
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
        assertThat(ran).hasValue(1_000);
        assertThat(queue.statistics().gets()).isEqualTo(998);
    }
}
