package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import offspring.multiprocessing.storm.QueueKills;
import offspring.queue.EmptyException;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the others get when a process is killed or stopped that puts into a queue or gets from one. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class QueueDeathTest {

    // ---- interrupts

    @Test
    void shouldLoseAndDoubleNothingWhenInterruptedAtRandomMoments() throws Exception {
        Random random = new Random(20261120);
        AtomicInteger interrupts = new AtomicInteger();
        AtomicLong put = new AtomicLong();
        AtomicLong got = new AtomicLong();
        AtomicLong last = new AtomicLong(-1);
        AtomicBoolean end = new AtomicBoolean();
        AtomicBoolean putting = new AtomicBoolean(true);
        try (var queue = new JoinableQueue<byte[]>(2);
                Pipe pipe = Pipe.oneWay();
                var barrier = new Barrier(2)) {
            try (var crew = Crew.start(5, index -> {
                while (!end.get() || (index == 1 && (putting.get() || got.get() < put.get()))) {
                    try {
                        switch (index) {
                            case 0 -> {
                                queue.put(numbered(put.get()));
                                put.incrementAndGet();
                            }
                            case 1 -> {
                                long number = ByteBuffer.wrap(queue.get(SHORT)).getLong();
                                got.incrementAndGet();
                                queue.taskDone();
                                assertThat(number).isEqualTo(last.incrementAndGet());
                            }
                            case 2 -> pipe.second().send(null);
                            case 3 -> {
                                if (pipe.first().poll(SHORT)) {
                                    pipe.first().recv();
                                }
                            }
                            default -> barrier.await(SHORT);
                        }
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                    } catch (EmptyException e) {
                        assertThat(queue.qsize()).isBetween(0, 2);
                    } catch (BrokenBarrierException e) {
                        barrier.reset();
                    }
                }
                if (index == 0) {
                    putting.set(false);
                }
            })) {
                Deadlines.eventually("there were interrupts enough", () -> {
                    crew.member(random.nextInt(5)).interrupt();
                    LockSupport.parkNanos(random.nextInt(300_000));
                    return interrupts.get() > 500 && got.get() > 500;
                });
                end.set(true);
                Deadlines.eventually("the sender finds room to end", () -> {
                    takeOne(pipe);
                    return !crew.member(2).isAlive();
                });
            }
            assertThat(got.get()).isEqualTo(put.get());
            assertThat(queue.qsize()).isZero();
            assertThat(queue.join(PATIENCE)).isTrue();
            queue.putNowait(new byte[0]);
            queue.putNowait(new byte[0]);
            assertThat(queue.full()).isTrue();
            barrier.reset();
            assertThat(barrier.nWaiting()).isZero();
            assertThat(barrier.broken()).isFalse();
        }
    }

    private static byte[] numbered(long number) {
        return ByteBuffer.allocate(number % 50 == 0 ? 300_000 : 8 + (int) (number % 1000))
                .putLong(number)
                .array();
    }

    private static void takeOne(Pipe pipe) {
        try {
            if (pipe.first().poll()) {
                pipe.first().recv();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- at any instruction

    @Test
    void shouldKeepAllPromisesWhileProducersAndConsumersAreKilled(@TempDir Path folder) throws Exception {
        QueueKills.Outcome outcome = QueueKills.storm(folder, 12, 20261120L);

        assertThat(outcome.kills()).isEqualTo(12);
        assertThat(outcome.consumersKilled()).isBetween(1, 11);
        assertThat(outcome.received()).isGreaterThan(outcome.kills());
    }
}
