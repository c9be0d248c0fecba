package offspring.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import offspring.testkit.Crew;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Producers and consumers that are interrupted all the time lose nothing, double nothing, and keep each producer's order. */
class InterruptStressTest {

    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 3;
    private static final int ITEMS = 8_000;
    private static final int INTERRUPTS = 2_000;

    private record Item(int producer, int number) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return Integer.compare(number, other.number);
        }
    }

    static Stream<Arguments> queues() {
        IntFunction<Queue<Item>> fifo = Queue::new;
        IntFunction<Queue<Item>> lifo = LifoQueue::new;
        IntFunction<Queue<Item>> priority = PriorityQueue::new;
        return Stream.of(
                Arguments.of("Queue", fifo, 1, true),
                Arguments.of("Queue", fifo, 2, true),
                Arguments.of("Queue", fifo, 7, true),
                Arguments.of("Queue", fifo, 64, true),
                Arguments.of("Queue", fifo, 0, true),
                Arguments.of("LifoQueue", lifo, 2, false),
                Arguments.of("PriorityQueue", priority, 2, false));
    }

    @ParameterizedTest(name = "{0}({2})")
    @MethodSource("queues")
    void shouldLoseAndDoubleNothingWhenInterruptedAtAnyMoment(
            String kind, IntFunction<Queue<Item>> make, int maxsize, boolean ordered) {
        Queue<Item> queue = make.apply(maxsize);
        AtomicInteger noticed = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        int[] made = new int[PRODUCERS];
        List<List<Item>> taken = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            taken.add(new ArrayList<>());
        }
        try (var consumers =
                        Crew.start(CONSUMERS, (Integer index) -> consume(queue, taken.get(index), index, noticed));
                var producers =
                        Crew.start(PRODUCERS, (Integer index) -> made[index] = produce(queue, index, sent, noticed));
                var interrupter = Crew.start(1, () -> {
                    List<Thread> victims = new ArrayList<>(consumers.members());
                    victims.addAll(producers.members());
                    interrupt(victims, sent, over);
                })) {
            producers.join();
            over.set(true);
            interrupter.join();
            queue.shutdown();
            consumers.join();
        } finally {
            over.set(true);
        }
        assertComplete(taken, made);
        if (ordered) {
            taken.forEach(InterruptStressTest::assertOrdered);
        }
        assertThat(noticed.get()).as("interrupts that were noticed").isPositive();
        assertThat(queue.statistics().puts()).isEqualTo(Arrays.stream(made).sum());
        assertThat(queue.statistics().gets()).isEqualTo(Arrays.stream(made).sum());
    }

    /** In bursts, so that the victims are hit while they run, spin, sleep and wake up. */
    private static void interrupt(List<Thread> victims, AtomicInteger sent, AtomicBoolean over) {
        Random random = new Random(42);
        while (!over.get()) {
            victims.get(random.nextInt(victims.size())).interrupt();
            sent.incrementAndGet();
            if (random.nextInt(8) == 0) {
                LockSupport.parkNanos(random.nextInt(100_000));
            }
        }
    }

    /** Puts items until there were enough of them and enough interrupts; says how many. */
    private static int produce(Queue<Item> queue, int producer, AtomicInteger sent, AtomicInteger noticed) {
        Random random = new Random(producer);
        int number = 0;
        while (number < ITEMS || sent.get() < INTERRUPTS) {
            try {
                switch (random.nextInt(4)) {
                    case 0 -> queue.putNowait(new Item(producer, number));
                    case 1 -> queue.put(new Item(producer, number), Duration.ofNanos(random.nextInt(200_000)));
                    default -> queue.put(new Item(producer, number));
                }
                number++;
            } catch (InterruptedException e) {
                noticed.incrementAndGet();
            } catch (FullException e) {
                Thread.yield();
            }
        }
        return number;
    }

    private static void consume(Queue<Item> queue, List<Item> taken, int consumer, AtomicInteger noticed) {
        Random random = new Random(100 + consumer);
        while (true) {
            try {
                switch (random.nextInt(4)) {
                    case 0 -> taken.add(queue.getNowait());
                    case 1 -> taken.add(queue.get(Duration.ofNanos(random.nextInt(200_000))));
                    default -> taken.add(queue.get());
                }
            } catch (InterruptedException e) {
                noticed.incrementAndGet();
            } catch (EmptyException e) {
                Thread.yield();
            } catch (ShutDownException e) {
                return;
            }
        }
    }

    private static void assertComplete(List<List<Item>> taken, int[] made) {
        boolean[][] seen = new boolean[PRODUCERS][];
        Arrays.setAll(seen, producer -> new boolean[made[producer]]);
        int count = 0;
        for (List<Item> part : taken) {
            for (Item item : part) {
                assertThat(seen[item.producer][item.number])
                        .as("%s twice", item)
                        .isFalse();
                seen[item.producer][item.number] = true;
                count++;
            }
        }
        assertThat(count).isEqualTo(Arrays.stream(made).sum());
    }

    private static void assertOrdered(List<Item> part) {
        int[] last = {-1, -1, -1};
        for (Item item : part) {
            assertThat(item.number).isGreaterThan(last[item.producer]);
            last[item.producer] = item.number;
        }
    }
}
