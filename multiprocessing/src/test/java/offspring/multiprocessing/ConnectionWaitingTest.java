package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threads of one process that wait on a connection: who wakes them, and what an interrupt costs. */
@ExtendWith(FamilyCheck.class)
class ConnectionWaitingTest {

    /** More than a pipe holds. */
    private static final int LARGE = 1 << 20;

    // ---- waiting and waking

    @Test
    void shouldWaitForAMessage() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(1, () -> assertThat(pipe.first().recv()).isEqualTo("at last"))) {
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            pipe.second().send("at last");
            crew.join();
        }
    }

    @Test
    void shouldWaitForRoom() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            AtomicInteger sent = new AtomicInteger();
            try (var crew = Crew.start(1, () -> {
                for (int i = 0; i < 300; i++) {
                    pipe.second().sendBytes(ByteBuffer.allocate(1000).putInt(i).array());
                    sent.incrementAndGet();
                }
            })) {
                Deadlines.eventually(
                        "the pipe is full", () -> Crew.isBlockedOrOver(crew.member(0)) && sent.get() > 100);
                assertThat(sent.get()).isLessThan(300);
                for (int i = 0; i < 300; i++) {
                    assertThat(ByteBuffer.wrap(pipe.first().recvBytes()).getInt())
                            .isEqualTo(i);
                }
            }
        }
    }

    @Test
    void shouldPollAsLongAsItIsTold() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            long start = System.nanoTime();
            assertThat(pipe.first().poll()).isFalse();
            assertThat(pipe.first().poll(Duration.ZERO)).isFalse();
            Deadlines.assertTook(start, Duration.ZERO);

            start = System.nanoTime();
            assertThat(pipe.first().poll(Deadlines.SHORT)).isFalse();
            Deadlines.assertTook(start, Deadlines.SHORT);

            pipe.second().send(null);
            start = System.nanoTime();
            assertThat(pipe.first().poll(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
            Deadlines.assertTook(start, Duration.ZERO);
            assertThatIllegalArgumentException().isThrownBy(() -> pipe.first().poll(Duration.ofNanos(-1)));
        }
    }

    @Test
    void shouldWakeAPollThatWaitsWhenAMessageComes() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(1, () -> {
                    assertThat(pipe.first().await(Deadlines.PATIENCE)).isTrue();
                    assertThat(pipe.first().isReady()).isTrue();
                })) {
            crew.awaitBlocked();
            pipe.second().sendBytes(new byte[0]);
            crew.join();
        }
    }

    @Test
    void shouldNotPromiseTheMessageThatAnotherThreadIsReceiving() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(1, () -> pipe.first().recv())) {
            crew.awaitBlocked();
            assertThat(pipe.first().poll()).isFalse();
            assertThat(pipe.first().poll(Duration.ofMillis(1))).isFalse();
            pipe.second().send(1);
            crew.join();
        }
    }

    @Test
    void shouldTellAWaitingReceiverOfTheEnd() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(
                        1, () -> assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class))) {
            crew.awaitBlocked();
            pipe.second().close();
            crew.join();
        }
    }

    @Test
    void shouldTellAWaitingSenderThatNobodyReceives() throws Exception {
        for (int size : List.of(20_000, LARGE)) {
            try (Pipe pipe = Pipe.oneWay();
                    var crew = Crew.start(
                            1,
                            () -> assertThatThrownBy(() -> sendForEver(pipe.second(), size))
                                    .isInstanceOf(IOException.class)
                                    .hasMessageContaining("nothing can be sent"))) {
                awaitFull(pipe, crew);
                pipe.first().close();
                crew.join();
            }
        }
    }

    private static void sendForEver(Connection to, int size) throws IOException, InterruptedException {
        while (true) {
            to.sendBytes(new byte[size]);
        }
    }

    private static void awaitFull(Pipe pipe, Crew crew) {
        Deadlines.eventually("the pipe is full", () -> isReady(pipe) && Crew.isBlockedOrOver(crew.member(0)));
    }

    private static boolean isReady(Pipe pipe) {
        return pipe.first().isReady();
    }

    // ---- closing

    @Test
    void shouldWakeThreadsThatWaitOnAConnectionThatIsClosed() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection closed = pipe.first();
        List<CheckedRunnable> waits =
                List.of(closed::recv, closed::recvBytes, () -> closed.recvBytesInto(ByteBuffer.allocate(1)));

        try (var crew = Crew.start(
                3,
                index -> assertThatThrownBy(() -> waits.get(index).runChecked())
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(EOFException.class)
                        .hasMessageContaining("closed"))) {
            crew.awaitBlocked();
            closed.close();
        }
        pipe.close();
    }

    @Test
    void shouldWakeAPollOnAConnectionThatIsClosed() throws Exception {
        try (Pipe pipe = Pipe.duplex();
                var crew = Crew.start(
                        1,
                        () -> assertThat(pipe.first().await(Deadlines.PATIENCE)).isTrue())) {
            crew.awaitBlocked();
            long start = System.nanoTime();
            pipe.first().close();
            crew.join();
            Deadlines.assertTook(start, Duration.ZERO);
        }
    }

    @Test
    void shouldWakeSendersThatWaitOnAConnectionThatIsClosed() throws Exception {
        for (int size : List.of(20_000, LARGE)) {
            try (Pipe pipe = Pipe.oneWay();
                    var crew = Crew.start(
                            3,
                            () -> assertThatThrownBy(() -> sendForEver(pipe.second(), size))
                                    .isInstanceOf(IOException.class)
                                    .hasMessageContaining("closed"))) {
                crew.awaitBlocked();
                awaitFull(pipe, crew);
                pipe.second().close();
                crew.join();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // closing it is what is tested
    void shouldWakeAReceiverThatWaitsBehindOneOfAnotherConnectionWhenItsOwnIsClosed() throws Exception {
        try (Pipe pipe = Pipe.duplex();
                Connection other = copyOf(pipe.first());
                var first = Crew.start(1, () -> assertThat(pipe.first().recv()).isEqualTo("for the first"))) {
            first.awaitBlocked();
            try (var second = Crew.start(
                    1,
                    () -> assertThatThrownBy(other::recv)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("closed"))) {
                second.awaitBlocked();
                other.close();
                second.join();
            } finally {
                pipe.second().send("for the first");
            }
        }
    }

    @Test
    @SuppressWarnings("try") // closing it is what is tested
    void shouldWakeASenderThatWaitsBehindOneOfAnotherConnectionWhenItsOwnIsClosed() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                Connection other = copyOf(pipe.second());
                var first = Crew.start(1, () -> pipe.second().sendBytes(new byte[LARGE]))) {
            first.awaitBlocked();
            try (var second = Crew.start(
                    1,
                    () -> assertThatThrownBy(() -> other.sendBytes(new byte[LARGE]))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("closed"))) {
                second.awaitBlocked();
                other.close();
                second.join();
            } finally {
                pipe.first().recvBytes();
            }
        }
    }

    /** Another connection of this process to the same end. */
    private static Connection copyOf(Connection end) throws Exception {
        try (Pipe carrier = Pipe.oneWay()) {
            carrier.second().send(end);
            return carrier.first().recv(Connection.class);
        }
    }

    // ---- interruption

    @Test
    void shouldThrowWhenInterruptedWhileItWaitsForAMessage() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            List<CheckedRunnable> waits = List.of(
                    pipe.first()::recv,
                    pipe.first()::recvBytes,
                    () -> pipe.first().poll(Deadlines.PATIENCE));
            for (CheckedRunnable wait : waits) {
                try (var crew = Crew.start(
                        2, () -> assertThatThrownBy(wait::runChecked).isInstanceOf(InterruptedException.class))) {
                    crew.awaitBlocked();
                    crew.interrupt();
                }
            }
            pipe.second().send("not lost");
            assertThat(pipe.first().recv()).isEqualTo("not lost");
        }
    }

    @Test
    void shouldNotSendWhatItWasInterruptedIn() throws Exception {
        for (int size : List.of(20_000, LARGE)) {
            try (Pipe pipe = Pipe.oneWay()) {
                AtomicInteger sent = new AtomicInteger();
                try (var crew = Crew.start(
                        1,
                        () -> assertThatThrownBy(() -> {
                                    while (true) {
                                        byte[] message = new byte[size];
                                        ByteBuffer.wrap(message).putInt(sent.get());
                                        pipe.second().sendBytes(message);
                                        sent.incrementAndGet();
                                    }
                                })
                                .isInstanceOf(InterruptedException.class))) {
                    awaitFull(pipe, crew);
                    crew.interrupt();
                }
                for (int i = 0; i < sent.get(); i++) {
                    assertThat(ByteBuffer.wrap(pipe.first().recvBytes()).getInt())
                            .isEqualTo(i);
                }
                assertThat(pipe.first().poll()).isFalse();
                pipe.second().send("the next one");
                assertThat(pipe.first().recv()).isEqualTo("the next one");
            }
        }
    }

    @Test
    void shouldThrowAtOnceWhenItMustWaitAndIsInterruptedAlready() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(pipe.first()::recv).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** A receiver that is interrupted all the time, often in the middle of a message, gets every message whole. */
    @Test
    void shouldLoseNothingWhenReceiversAreInterrupted() throws Exception {
        int messages = 60;
        AtomicInteger interrupts = new AtomicInteger();
        List<Integer> received = new ArrayList<>();
        try (Pipe pipe = Pipe.oneWay();
                var sender = Crew.start(1, () -> {
                    for (int i = 0; i < messages; i++) {
                        pipe.second().sendBytes(ConnectionTest.filled(i % 3 == 0 ? i : LARGE + i));
                    }
                });
                var receiver = Crew.start(1, () -> {
                    while (received.size() < messages) {
                        try {
                            int number = received.size();
                            byte[] message = pipe.first().recvBytes();
                            assertThat(message)
                                    .isEqualTo(ConnectionTest.filled(number % 3 == 0 ? number : LARGE + number));
                            received.add(message.length);
                        } catch (InterruptedException e) {
                            interrupts.incrementAndGet();
                        }
                    }
                    Thread.interrupted();
                })) {
            interruptUntilOver(receiver);
            sender.join();
        }
        assertThat(received).hasSize(messages);
        assertThat(interrupts.get()).isPositive();
    }

    /** Exactly the messages whose send returned arrive. */
    @Test
    void shouldSendEachMessageOnceOrNotAtAllWhenSendersAreInterrupted() throws Exception {
        int messages = 200;
        List<Integer> sent = Collections.synchronizedList(new ArrayList<>());
        List<Integer> received = new ArrayList<>();
        AtomicInteger interrupts = new AtomicInteger();
        try (Pipe pipe = Pipe.oneWay()) {
            try (var receiver = Crew.start(1, () -> {
                        try {
                            while (true) {
                                byte[] message = pipe.first().recvBytes();
                                received.add(ByteBuffer.wrap(message).getInt());
                            }
                        } catch (EOFException end) {
                            pipe.first().close();
                        }
                    });
                    var sender = Crew.start(1, () -> {
                        for (int i = 0; i < messages; i++) {
                            byte[] message = new byte[i % 3 == 0 ? 10_000 : LARGE];
                            ByteBuffer.wrap(message).putInt(i);
                            try {
                                pipe.second().sendBytes(message);
                                sent.add(i);
                            } catch (InterruptedException e) {
                                interrupts.incrementAndGet();
                            }
                        }
                        Thread.interrupted();
                    })) {
                interruptUntilOver(sender);
                pipe.second().close();
                receiver.join();
            }
        }
        assertThat(received).isEqualTo(sent);
        assertThat(interrupts.get()).isPositive();
    }

    private static void interruptUntilOver(Crew crew) {
        long start = System.nanoTime();
        while (crew.finished() < crew.members().size()) {
            crew.interrupt();
            LockSupport.parkNanos(300_000);
            if (System.nanoTime() - start > Deadlines.PATIENCE.toNanos()) {
                break; // the crew's join reports what hangs, without more interrupts
            }
        }
    }

    // ---- several threads

    @Test
    void shouldShareOutMessagesAmongThreadsWithoutLossOrRepeat() throws Exception {
        int each = 500;
        Set<Integer> received = ConcurrentHashMap.newKeySet();
        AtomicBoolean doubled = new AtomicBoolean();
        try (Pipe pipe = Pipe.oneWay();
                var receivers = Crew.start(3, () -> {
                    try {
                        while (true) {
                            byte[] message = pipe.first().recvBytes();
                            int number = ByteBuffer.wrap(message).getInt();
                            assertThat(message).hasSize(sizeOf(number));
                            if (!received.add(number)) {
                                doubled.set(true);
                            }
                        }
                    } catch (EOFException end) {
                        assertThat(pipe.first().closed()).isFalse();
                    }
                })) {
            try (var senders = Crew.start(3, index -> {
                for (int i = 0; i < each; i++) {
                    int number = index * each + i;
                    pipe.second()
                            .sendBytes(ByteBuffer.allocate(sizeOf(number))
                                    .putInt(number)
                                    .array());
                }
            })) {
                senders.join();
            }
            pipe.second().close();
            receivers.join();
        }
        assertThat(received).hasSize(3 * each);
        assertThat(doubled).isFalse();
    }

    private static int sizeOf(int number) {
        return number % 50 == 0 ? 200_000 : 4 + number % 1000;
    }

    @Test
    void shouldCarry100MiB() throws Exception {
        byte[] message = new byte[100 << 20];
        message[0] = 1;
        message[message.length / 2] = 2;
        message[message.length - 1] = 3;
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(1, () -> pipe.second().sendBytes(message))) {
            assertThat(java.util.Arrays.equals(pipe.first().recvBytes(), message))
                    .isTrue();
            crew.join();
        }
    }

    @Test
    void shouldLookWithoutWaitingEvenIfInterrupted() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Thread.currentThread().interrupt();
            assertThat(pipe.first().poll()).isFalse();
            assertThat(pipe.first().isReady()).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
