package offspring.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import offspring.testkit.contract.ShutdownContract;
import org.junit.jupiter.api.Test;

class PriorityQueueTest extends ShutdownContract {

    @Override
    protected Queue<Integer> newQueue(int maxsize) {
        return new PriorityQueue<>(maxsize);
    }

    @Override
    protected void shutdown(TaskQueue<Integer> queue, boolean immediate) {
        ((Queue<Integer>) queue).shutdown(immediate);
    }

    @Override
    protected boolean isShutdown(TaskQueue<Integer> queue) {
        return ((Queue<Integer>) queue).isShutdown();
    }

    @Override
    protected List<Integer> orderOf(List<Integer> items) {
        return items.stream().sorted().toList();
    }

    /** An item whose comparison with the poisoned one fails. */
    private record Touchy(int rank, boolean poisoned) implements Comparable<Touchy> {
        @Override
        public int compareTo(Touchy other) {
            if (poisoned || other.poisoned) {
                throw new IllegalStateException("poisoned");
            }
            return Integer.compare(rank, other.rank);
        }
    }

    @Test
    void shouldGiveTiesInTheOrderInWhichTheyWentIn() throws InterruptedException {
        Random random = new Random(20261120);
        PriorityQueue<Prioritized<Integer>> queue = new PriorityQueue<>();
        List<Prioritized<Integer>> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Prioritized<Integer> entry = new Prioritized<>(random.nextInt(20), i);
            queue.put(entry);
            expected.add(entry);
            if (random.nextInt(4) == 0) {
                expected.sort(null); // stable
                assertThat(queue.get()).isEqualTo(expected.remove(0));
            }
        }
        expected.sort(null);
        for (Prioritized<Integer> entry : expected) {
            assertThat(queue.get()).isEqualTo(entry);
        }
    }

    @Test
    void shouldOrderByAComparator() throws InterruptedException {
        PriorityQueue<String> queue = new PriorityQueue<>(Comparator.nullsLast(Comparator.comparing(String::length)));
        for (String item : new String[] {"ccc", null, "a", "bb", "dd"}) {
            queue.put(item);
        }
        List<String> taken = new ArrayList<>();
        while (!queue.empty()) {
            taken.add(queue.get());
        }
        assertThat(taken).containsExactly("a", "bb", "dd", "ccc", null);
    }

    @Test
    void shouldRefuseWhatDoesNotCompareAndStayUntouched() throws InterruptedException {
        PriorityQueue<Object> queue = new PriorityQueue<>();
        queue.put(2);
        queue.put(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.put("one"))
                .withMessageContainingAll("java.lang.String", "java.lang.Integer", "Comparator")
                .withCauseInstanceOf(ClassCastException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.put(new Object()))
                .withMessageContainingAll("java.lang.Object", "java.lang.Integer");
        assertThatIllegalArgumentException().isThrownBy(() -> queue.put(null)).withMessageContaining("null");
        assertThat(queue.qsize()).isEqualTo(2);
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.get()).isEqualTo(2);
    }

    @Test
    void shouldStayUntouchedWhenAComparisonFailsInAnyPlace() throws InterruptedException {
        Random random = new Random(7);
        for (int size = 1; size < 40; size++) {
            PriorityQueue<Touchy> queue = new PriorityQueue<>();
            List<Integer> ranks = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int rank = random.nextInt(100);
                ranks.add(rank);
                queue.put(new Touchy(rank, false));
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> queue.put(new Touchy(0, true)))
                    .withMessage("poisoned");
            assertThat(queue.unfinishedTasks()).isEqualTo(size);
            ranks.sort(null);
            for (int rank : ranks) {
                assertThat(queue.get().rank()).isEqualTo(rank);
            }
        }
    }

    @Test
    void shouldKeepItsItemsWhenAComparisonFailsInGet() throws InterruptedException {
        boolean[] failing = {false};
        PriorityQueue<Integer> queue = new PriorityQueue<>((Integer one, Integer other) -> {
            if (failing[0]) {
                throw new IllegalStateException("not now");
            }
            return one.compareTo(other);
        });
        for (int i = 50; i > 0; i--) {
            queue.put(i);
        }
        failing[0] = true;
        assertThatIllegalStateException().isThrownBy(queue::get).withMessage("not now");
        failing[0] = false;
        assertThat(queue.qsize()).isEqualTo(50);
        for (int i = 1; i <= 50; i++) {
            assertThat(queue.get()).isEqualTo(i);
        }
    }

    @Test
    void shouldCompareNumbersByValueWhateverTheirTypes() throws InterruptedException {
        PriorityQueue<Prioritized<String>> queue = new PriorityQueue<>();
        queue.put(new Prioritized<>(Double.NaN, "nan"));
        queue.put(new Prioritized<>(Long.MAX_VALUE, "most"));
        queue.put(new Prioritized<>(9.223372036854775807E18, "2 to the 63"));
        queue.put(new Prioritized<>(1.5, "one and a half"));
        queue.put(new Prioritized<>(2L, "two"));
        queue.put(new Prioritized<>((byte) 1, "one"));
        queue.put(new Prioritized<>(2.0f, "two, later"));
        queue.put(new Prioritized<>(Float.POSITIVE_INFINITY, "infinity"));
        queue.put(new Prioritized<>(Double.NEGATIVE_INFINITY, "minus infinity"));
        List<String> taken = new ArrayList<>();
        while (!queue.empty()) {
            taken.add(queue.get().item());
        }
        assertThat(taken)
                .containsExactly(
                        "minus infinity",
                        "one",
                        "one and a half",
                        "two",
                        "two, later",
                        "most",
                        "2 to the 63",
                        "infinity",
                        "nan");
    }

    @Test
    void shouldTakeAnyComparablePriority() throws InterruptedException {
        PriorityQueue<Prioritized<Object>> queue = new PriorityQueue<>();
        queue.put(new Prioritized<>(Instant.MAX, null));
        queue.put(new Prioritized<>(Instant.EPOCH, "x"));
        assertThat(queue.get()).isEqualTo(new Prioritized<>(Instant.EPOCH, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.put(new Prioritized<>("text", "x")))
                .withMessageContaining("does not compare");
        assertThat(queue.get().item()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prioritized<>(null, "x"))
                .withMessageContaining("priority");
    }
}
