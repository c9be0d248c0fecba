package offspring.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import offspring.testkit.Crew;
import org.junit.jupiter.api.Test;

class SharedIteratorsTest {

    private static final int COUNT = 20_000;

    private static final List<Integer> NUMBERS =
            IntStream.range(0, COUNT).boxed().toList();

    /** A source that notices when two threads are in it at once. */
    private static Iterable<Integer> jealous() {
        return () -> new Iterator<>() {
            private int next;
            private boolean entered;

            @Override
            public boolean hasNext() {
                return next < COUNT;
            }

            @Override
            public Integer next() {
                if (entered) {
                    throw new IllegalStateException("two threads at once");
                }
                entered = true;
                int given = next++;
                entered = false;
                return given;
            }
        };
    }

    @Test
    void shouldGiveEachItemToExactlyOneThread() {
        Iterable<Integer> shared = Threading.serializeIterator(jealous());
        var drawn = new ConcurrentLinkedQueue<Integer>();
        Crew.start(4, () -> {
                    int last = -1;
                    for (int item : shared) {
                        assertThat(item).isGreaterThan(last);
                        last = item;
                        drawn.add(item);
                    }
                })
                .join();

        assertThat(drawn).hasSize(COUNT).containsExactlyInAnyOrderElementsOf(NUMBERS);
    }

    @Test
    void shouldGoOnWhereTheFormerLoopStopped() {
        Iterable<String> shared = Threading.serializeIterator(Arrays.asList("a", null, "c"));
        for (String item : shared) {
            assertThat(item).isEqualTo("a");
            break;
        }
        Iterator<String> rest = shared.iterator();
        assertThat(rest.hasNext()).isTrue();
        assertThat(rest.hasNext()).isTrue();
        assertThat(rest.next()).isNull();
        assertThat(rest.next()).isEqualTo("c");
        assertThat(rest.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(rest::next);
    }

    @Test
    void shouldPassOnAFailureOfTheSourceAndGoOn() {
        int[] calls = {0};
        Iterable<Integer> source = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return calls[0] < 2;
            }

            @Override
            public Integer next() {
                if (calls[0]++ == 0) {
                    throw new IllegalStateException("source failed");
                }
                return 7;
            }
        };
        Iterator<Integer> shared = Threading.<Integer>serializeIterator(source).iterator();

        assertThatIllegalStateException().isThrownBy(shared::hasNext).withMessage("source failed");
        assertThat(shared.next()).isEqualTo(7);
    }

    @Test
    void shouldGiveAllItemsToEveryThread() {
        List<Iterator<Integer>> iterators = Threading.concurrentTee(jealous(), 4);
        Crew.start(4, (Integer index) -> {
                    List<Integer> seen = new ArrayList<>();
                    iterators.get(index).forEachRemaining(seen::add);
                    assertThat(seen).isEqualTo(NUMBERS);
                })
                .join();
    }

    @Test
    void shouldLetOneIteratorRunAhead() {
        List<Iterator<String>> two = Threading.concurrentTee(Arrays.asList("a", null), 2);

        assertThat(two.get(0).next()).isEqualTo("a");
        assertThat(two.get(0).next()).isNull();
        assertThat(two.get(0).hasNext()).isFalse();
        assertThat(two.get(1).next()).isEqualTo("a");
        assertThat(two.get(1).hasNext()).isTrue();
        assertThat(two.get(1).next()).isNull();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> two.get(1).next());
    }

    @Test
    void shouldCheckHowManyIteratorsAreWanted() {
        assertThat(Threading.concurrentTee(NUMBERS, 0)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threading.concurrentTee(NUMBERS, -1))
                .withMessageContaining("n=-1");
        assertThatNullPointerException().isThrownBy(() -> Threading.concurrentTee(null, 1));
        assertThatNullPointerException().isThrownBy(() -> Threading.serializeIterator(null));
    }
}
