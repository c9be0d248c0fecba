package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.connection.Connections;
import offspring.multiprocessing.connection.Waitable;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.parking.Watchable;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class ConnectionsTest {

    private static final int MESSAGES = 10;

    /** So often a reader and a watcher wait for the same two messages. */
    private static final int ROUNDS = 60;

    /** A wait that took this long was ended by the backstop, or the machine was very busy. */
    private static final long LATE_NANOS = 300_000_000L;

    private static final int FORGIVEN = 3;

    @Test
    @FromCPython({"_test_multiprocessing.TestWait.test_wait", "_test_multiprocessing.TestWait.test_wait_slow"})
    void shouldGiveEveryMessageOfSeveralProcessesUntilTheirEnds() throws Exception {
        List<Connection> open = new ArrayList<>();
        List<Process> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Pipe pipe = Pipe.oneWay();
            Connection there = pipe.second();
            String name = "writer " + i;
            Process writer = new Process(() -> {
                for (int k = 0; k < MESSAGES; k++) {
                    there.send(name + " message " + k);
                }
                there.close();
            });
            writer.start();
            there.close();
            writers.add(writer);
            open.add(pipe.first());
        }

        Set<String> got = new HashSet<>();
        while (!open.isEmpty()) {
            for (Waitable ready : Connections.await(open)) {
                Connection connection = (Connection) ready;
                try {
                    got.add(connection.recv(String.class));
                } catch (EOFException end) {
                    open.remove(connection);
                    connection.close();
                }
            }
        }

        assertThat(got).hasSize(4 * MESSAGES);
        for (Process writer : writers) {
            Kin.join(writer);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestWait.test_wait_timeout")
    void shouldGiveNothingWhenTheTimeIsOverAndAMessageWhenThereIsOne() throws Exception {
        try (Pipe one = Pipe.duplex();
                Pipe two = Pipe.duplex()) {
            List<Connection> both = List.of(one.first(), two.first());
            long start = System.nanoTime();
            assertThat(Connections.await(both, Duration.ofMillis(300))).isEmpty();
            assertThat(System.nanoTime() - start).isGreaterThan(250_000_000L);

            two.second().send(null);
            assertThat(Connections.await(both, Duration.ofSeconds(20))).containsExactly(two.first());
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestWait.test_wait_integer")
    void shouldMixConnectionsWithTheSentinelsOfProcesses() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.first();
        Process child = new Process(() -> there.recv());
        child.start();
        there.close();
        try (Pipe other = Pipe.oneWay()) {
            Waitable sentinel = child.sentinel();
            List<Waitable> all = List.of(other.first(), sentinel);
            assertThat(Connections.await(all, Duration.ofMillis(50))).isEmpty();

            pipe.second().send("go");
            assertThat(Connections.await(all, Duration.ofSeconds(20))).containsExactly(sentinel);

            other.second().send(1);
            assertThat(Connections.await(all)).containsExactly(other.first(), sentinel);
        }
        Kin.join(child);
        pipe.close();
    }

    @Test
    void shouldMixQueuesWithConnections() throws Exception {
        try (Queue<String> queue = new Queue<>();
                SimpleQueue<String> simple = new SimpleQueue<>();
                Pipe pipe = Pipe.duplex()) {
            List<Waitable> all = List.of(pipe.first(), queue, simple);
            assertThat(Connections.await(all, Duration.ofMillis(50))).isEmpty();

            Process putter = Kin.begin(() -> queue.put("item"));
            assertThat(Connections.await(all)).containsExactly(queue);
            assertThat(queue.get()).isEqualTo("item");
            Kin.join(putter);

            simple.put("another");
            pipe.second().send("message");
            assertThat(Connections.await(all)).containsExactly(pipe.first(), simple);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestWait.test_neg_timeout")
    void shouldRefuseANegativeTimeoutAndWhatIsNotOfThisLibrary() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            assertThatThrownBy(() -> Connections.await(List.of(pipe.first()), Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT-1S");
            Waitable foreign = new Waitable() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public boolean await(Duration timeout) {
                    return true;
                }
            };
            assertThatThrownBy(() -> Connections.await(List.of(foreign))).isInstanceOf(IllegalArgumentException.class);
            assertThat(Connections.await(List.of())).isEmpty();
        }
    }

    @Test
    void shouldWakeWhenOneOfManySleepingOnesGetsAMessageOrIsInterrupted() throws Exception {
        List<Pipe> pipes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pipes.add(Pipe.oneWay());
        }
        List<Connection> ends = pipes.stream().map(Pipe::first).toList();
        for (int round = 0; round < 50; round++) {
            Pipe chosen = pipes.get(round % pipes.size());
            try (Crew crew =
                    Crew.start(1, () -> assertThat(Connections.await(ends)).containsExactly(chosen.first()))) {
                crew.awaitBlocked();
                chosen.second().send(round);
                crew.join();
            }
            chosen.first().recv();
        }
        try (Crew crew = Crew.start(
                1, () -> assertThatThrownBy(() -> Connections.await(ends)).isInstanceOf(InterruptedException.class))) {
            crew.awaitBlocked();
            crew.member(0).interrupt();
            crew.join();
        }
        pipes.forEach(Pipe::close);
    }

    /** Is ready, then not: another reader took what there was; then ready again. */
    private static final class Contested implements Waitable, Watchable {

        private int looks;

        @Override
        public boolean isReady() {
            looks++;
            return looks == 1 || looks > 3;
        }

        @Override
        public boolean await(Duration timeout) {
            return isReady();
        }

        @Override
        public @Nullable WaitPoint place() {
            return null;
        }

        @Override
        public @Nullable Set<Parking.Sleeper> watchers() {
            return null;
        }
    }

    @Test
    void shouldWaitOnWhenAnotherReaderTookWhatWasReady() throws Exception {
        var contested = new Contested();

        assertThat(Connections.await(List.of(contested))).containsExactly(contested);
    }

    @Test
    void shouldWakeWhenAReaderLeavesAMessageBehind() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            Connection end = pipe.first();
            int late = 0;
            for (int round = 0; round < ROUNDS; round++) {
                try (Crew reader = Crew.start(1, () -> end.recv());
                        Crew watcher = Crew.start(1, () -> Connections.await(List.of(end)))) {
                    reader.awaitBlocked();
                    watcher.awaitBlocked();
                    pipe.second().send("for the reader");
                    pipe.second().send("for the watcher");
                    reader.join();
                    long start = System.nanoTime();
                    watcher.join();
                    late += System.nanoTime() - start > LATE_NANOS ? 1 : 0;
                }
                assertThat(end.recv()).isNotNull();
            }
            assertThat(late).as("waits that a message did not end").isLessThanOrEqualTo(FORGIVEN);
        }
    }
}
