package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.connection.BufferTooShortException;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one thread sees of the two ends of a pipe. Waiting threads are in {@link ConnectionWaitingTest}. */
@ExtendWith(FamilyCheck.class)
class ConnectionTest {

    private static final byte[] LETTERS = "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);

    /** How many bytes a pipe holds in one direction. */
    private static final int RING = 1 << 18;

    // ---- messages

    @Test
    void shouldReceiveEqualObjectsInTheOrderOfSending() throws Exception {
        List<Object> messages = new ArrayList<>(
                List.of(1, 2.25, 'c', "text", true, List.of(1, List.of()), Map.of("k", 2L), Duration.ofDays(1)));
        messages.add(null);
        messages.add(new ArrayList<>(Arrays.asList(null, 1, "x")));
        try (Pipe pipe = Pipe.duplex()) {
            for (Object message : messages) {
                pipe.first().send(message);
                pipe.second().send(message);
            }
            for (Object message : messages) {
                assertThat(pipe.second().recv()).isEqualTo(message);
                assertThat(pipe.first().recv()).isEqualTo(message);
            }
        }
    }

    @Test
    void shouldReceiveALambdaThatStillWorks() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            int captured = 40;
            pipe.second().send((CheckedSupplier<Integer>) () -> captured + 2);

            CheckedSupplier<?> received = (CheckedSupplier<?>) pipe.first().recv();

            assertThat(received.getChecked()).isEqualTo(42);
        }
    }

    @Test
    void shouldReceiveATypedObjectOrSayWhatCameInstead() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().send(1);
            pipe.second().send(null);
            pipe.second().send("not a number");
            pipe.second().send(2);

            assertThat(pipe.first().recv(Integer.class)).isEqualTo(1);
            assertThat(pipe.first().recv(Integer.class)).isNull();
            assertThatThrownBy(() -> pipe.first().recv(Integer.class))
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining("java.lang.String")
                    .hasMessageContaining("java.lang.Integer");
            assertThat(pipe.first().recv(Number.class)).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseWhatCannotTravelAndSendNothing() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            assertThatThrownBy(() -> pipe.second().send(List.of(new Object())))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("java.lang.Object");
            assertThat(pipe.first().poll()).isFalse();
            pipe.second().send("next");
            assertThat(pipe.first().recv()).isEqualTo("next");
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestConnection.test_sendbytes")
    void shouldSendPartsOfAnArray() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            Connection a = pipe.first();
            Connection b = pipe.second();
            a.sendBytes(LETTERS);
            assertThat(b.recvBytes()).isEqualTo(LETTERS);
            a.sendBytes(LETTERS, 5, 21);
            assertThat(b.recvBytes()).isEqualTo(Arrays.copyOfRange(LETTERS, 5, 26));
            a.sendBytes(LETTERS, 7, 8);
            assertThat(b.recvBytes()).isEqualTo(Arrays.copyOfRange(LETTERS, 7, 15));
            a.sendBytes(LETTERS, 26, 0);
            assertThat(b.recvBytes()).isEmpty();
        }
    }

    @Test
    void shouldRefusePartsThatAreNotInTheArray() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            int[][] wrong = {
                {27, 0}, {22, 5}, {26, 1}, {-1, 1}, {4, -1}, {0, 27}, {1, Integer.MAX_VALUE}, {Integer.MAX_VALUE, 1}
            };
            for (int[] part : wrong) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> pipe.first().sendBytes(LETTERS, part[0], part[1]))
                        .withMessageContaining("offset " + part[0])
                        .withMessageContaining("size " + part[1])
                        .withMessageContaining("26");
            }
            assertThat(pipe.second().poll()).isFalse();
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestPoll.test_empty_string",
        "_test_multiprocessing._TestPoll.test_dont_merge",
    })
    void shouldNotMergeMessagesNorLoseEmptyOnes() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            Connection a = pipe.first();
            assertThat(a.poll(Duration.ZERO)).isFalse();
            for (String text : List.of("", "a", "", "b", "cd", "")) {
                pipe.second().sendBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
            for (String text : List.of("", "a", "", "b", "cd", "")) {
                assertThat(a.poll()).isTrue();
                assertThat(a.poll(Deadlines.PATIENCE)).isTrue();
                assertThat(a.recvBytes()).isEqualTo(text.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(a.poll()).isFalse();
        }
    }

    /** Every position of a message relative to the end of the ring, with every way to be cut by it. */
    @Test
    void shouldCarryMessagesThatAreCutByTheEndOfTheRingAnywhere() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            byte[] message = filled(1000);
            for (int shift = 0; shift <= RING / 8; shift++) { // 1008 bytes a time do not divide the ring
                pipe.second().sendBytes(message);
                assertThat(Arrays.equals(pipe.first().recvBytes(), message)).isTrue();
            }
            for (int shift = 0; shift <= 2000; shift++) { // 16, 24, ... bytes a time
                byte[] small = filled(shift % 33);
                pipe.second().sendBytes(small);
                pipe.second().sendBytes(message);
                assertThat(pipe.first().recvBytes()).isEqualTo(small);
                assertThat(Arrays.equals(pipe.first().recvBytes(), message)).isTrue();
            }
        }
    }

    /** From nothing to three times the ring, with each edge where a message goes another way. */
    @Test
    void shouldCarryMessagesOfAllSizes() throws Exception {
        Random random = new Random(7);
        List<Integer> sizes = new ArrayList<>();
        for (int edge : List.of(0, RING / 4, RING / 2, RING, 2 * RING, 3 * RING)) {
            for (int size = Math.max(0, edge - 20); size <= edge + 20; size++) {
                sizes.add(size);
            }
        }
        for (int i = 0; i < 500; i++) {
            sizes.add(random.nextInt(1 << random.nextInt(1, 19)));
        }
        Collections.shuffle(sizes, random);
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(1, () -> {
                    for (int size : sizes) {
                        pipe.second().sendBytes(filled(size));
                    }
                })) {
            for (int size : sizes) {
                assertThat(Arrays.equals(pipe.first().recvBytes(), filled(size)))
                        .as("a message of %s bytes", size)
                        .isTrue();
            }
            crew.join();
        }
    }

    static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    // ---- limits of the receiver

    @Test
    void shouldOnlySendAfterItRefusedAMessageThatIsTooLong() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            pipe.second().sendBytes(LETTERS);

            assertThatThrownBy(() -> pipe.first().recvBytes(25))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bad message length")
                    .hasMessageContaining("26")
                    .hasMessageContaining("25");

            assertThat(pipe.first().readable()).isFalse();
            assertThat(pipe.first().writable()).isTrue();
            assertThat(pipe.first().closed()).isFalse();
            assertThatThrownBy(() -> pipe.first().recvBytes()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> pipe.first().poll()).isInstanceOf(IOException.class);
            pipe.first().send("still sends");
            assertThat(pipe.second().recv()).isEqualTo("still sends");
        }
    }

    @Test
    void shouldBeClosedAfterItRefusedAMessageWhenItOnlyReceives() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().sendBytes(LETTERS);

            assertThatThrownBy(() -> pipe.first().recvBytes(0)).hasMessageContaining("bad message length");

            assertThat(pipe.first().closed()).isTrue();
            assertThatThrownBy(() -> pipe.second().send("nobody is there")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldReceiveAMessageOfExactlyTheAllowedLength() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().sendBytes(LETTERS);
            pipe.second().sendBytes(new byte[0]);

            assertThat(pipe.first().recvBytes(26)).isEqualTo(LETTERS);
            assertThat(pipe.first().recvBytes(0)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipe.first().recvBytes(-1))
                    .withMessageContaining("-1");
        }
    }

    @Test
    void shouldRefuseALargeMessageThatIsTooLong() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                var crew = Crew.start(
                        1,
                        () -> assertThatThrownBy(() -> pipe.second().sendBytes(new byte[1 << 20]))
                                .isInstanceOf(IOException.class))) {
            assertThatThrownBy(() -> pipe.first().recvBytes(1000)).hasMessageContaining("1048576");
            crew.join();
        }
    }

    @Test
    void shouldReceiveIntoABufferAtItsPosition() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            ByteBuffer buffer = ByteBuffer.allocate(40);
            buffer.position(3);
            pipe.second().sendBytes(LETTERS);

            assertThat(pipe.first().recvBytesInto(buffer)).isEqualTo(26);

            assertThat(buffer.position()).isEqualTo(29);
            assertThat(Arrays.copyOfRange(buffer.array(), 3, 29)).isEqualTo(LETTERS);
            assertThat(Arrays.copyOf(buffer.array(), 3)).containsOnly(0);
        }
    }

    @Test
    void shouldHandOverTheMessageThatDoesNotFitIntoTheBuffer() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            ByteBuffer buffer = ByteBuffer.allocate(25);
            pipe.second().sendBytes(LETTERS);
            pipe.second().sendBytes(new byte[] {1});

            assertThatThrownBy(() -> pipe.first().recvBytesInto(buffer))
                    .isInstanceOfSatisfying(
                            BufferTooShortException.class,
                            e -> assertThat(e.message()).isEqualTo(LETTERS))
                    .hasMessageContaining("26")
                    .hasMessageContaining("25");

            assertThat(buffer.position()).isZero();
            assertThat(pipe.first().recvBytesInto(buffer)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseABufferThatCannotBeWrittenAndKeepTheMessage() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().sendBytes(LETTERS);

            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            pipe.first().recvBytesInto(ByteBuffer.allocate(40).asReadOnlyBuffer()))
                    .withMessageContaining("read-only");

            assertThat(pipe.first().recvBytes()).isEqualTo(LETTERS);
        }
    }

    // ---- one way

    @Test
    @FromCPython("_test_multiprocessing._TestConnection.test_duplex_false")
    void shouldGoOneWayOnly() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Connection reader = pipe.first();
            Connection writer = pipe.second();
            writer.send(1);
            assertThat(reader.recv()).isEqualTo(1);
            assertThat(reader.readable()).isTrue();
            assertThat(reader.writable()).isFalse();
            assertThat(writer.readable()).isFalse();
            assertThat(writer.writable()).isTrue();
            assertThatThrownBy(() -> reader.send(2)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> reader.sendBytes(LETTERS)).isInstanceOf(IOException.class);
            assertThatThrownBy(writer::recv).isInstanceOf(IOException.class);
            assertThatThrownBy(writer::recvBytes).isInstanceOf(IOException.class);
            assertThatThrownBy(writer::poll).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> writer.poll(Deadlines.SHORT)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldGoBothWaysWhenDuplex() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            for (Connection end : List.of(pipe.first(), pipe.second())) {
                assertThat(end.readable()).isTrue();
                assertThat(end.writable()).isTrue();
            }
        }
    }

    // ---- the end

    @Test
    void shouldDeliverWhatWasSentBeforeTheEndOfTheFile() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().send("last words");
            pipe.second().close();

            assertThat(pipe.first().poll()).isTrue();
            assertThat(pipe.first().recv()).isEqualTo("last words");
            for (int i = 0; i < 3; i++) {
                assertThat(pipe.first().poll()).isTrue();
                assertThat(pipe.first().poll(Deadlines.PATIENCE)).isTrue();
                assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class);
                assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(EOFException.class);
                assertThatThrownBy(() -> pipe.first().recvBytesInto(ByteBuffer.allocate(1)))
                        .isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void shouldRefuseToSendWhenNobodyReceives() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            pipe.second().close();

            assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> pipe.first().sendBytes(new byte[1 << 20])).isInstanceOf(IOException.class);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestConnection.test_context")
    void shouldRefuseEverythingWhenClosed() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection closed = pipe.first();
        try (closed) {
            assertThat(closed.closed()).isFalse();
            closed.send(1);
            assertThat(pipe.second().recv()).isEqualTo(1);
        }

        assertThat(closed.closed()).isTrue();
        assertThatThrownBy(() -> closed.send(1)).isInstanceOf(IOException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> closed.sendBytes(LETTERS)).hasMessageContaining("closed");
        assertThatThrownBy(closed::recv).isInstanceOf(IOException.class).hasMessageContaining("closed");
        assertThatThrownBy(closed::recvBytes).hasMessageContaining("closed");
        assertThatThrownBy(closed::poll).hasMessageContaining("closed");
        assertThatThrownBy(() -> closed.poll(Deadlines.PATIENCE)).hasMessageContaining("closed");
        assertThat(closed.isReady()).isTrue();
        closed.close();
        pipe.close();
        pipe.close();
    }

    @Test
    void shouldNotLeaveTheFamily() throws Exception {
        try (Pipe pipe = Pipe.duplex();
                var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(pipe.first())).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void shouldNotTravelWhenClosed() throws Exception {
        try (Pipe carrier = Pipe.oneWay();
                Pipe cargo = Pipe.oneWay()) {
            cargo.first().close();

            assertThatThrownBy(() -> carrier.second().send(cargo.first()))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void shouldNameItsPipeAndEnd() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            assertThat(pipe.first().toString()).matches("<Connection end 0 of pipe [0-9]+ \\(one way\\)>");
            pipe.second().close();
            assertThat(pipe.second().toString()).endsWith(" closed>");
        }
    }

    // ---- connections in messages

    @Test
    void shouldTravelThroughAnotherConnectionOfTheSameProcess() throws Exception {
        try (Pipe carrier = Pipe.oneWay();
                Pipe cargo = Pipe.oneWay()) {
            carrier.second().send(cargo.second());
            cargo.second().close();
            assertThat(cargo.first().poll()).isFalse();

            try (Connection arrived = carrier.first().recv(Connection.class)) {
                arrived.send("through the second way");
            }

            assertThat(cargo.first().recv()).isEqualTo("through the second way");
            assertThatThrownBy(cargo.first()::recv).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void shouldStayOpenWhileItIsOnItsWay() throws Exception {
        try (Pipe carrier = Pipe.oneWay();
                Pipe cargo = Pipe.oneWay()) {
            cargo.second().send("before");
            carrier.second().send(cargo.first());
            cargo.first().close();

            cargo.second().send("meanwhile");

            try (Connection arrived = carrier.first().recv(Connection.class)) {
                assertThat(arrived.recv()).isEqualTo("before");
                assertThat(arrived.recv()).isEqualTo("meanwhile");
            }
            assertThatThrownBy(() -> cargo.second().send("after")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldNotStayOpenForAMessageThatWasNotSent() throws Exception {
        try (Pipe carrier = Pipe.oneWay();
                Pipe cargo = Pipe.oneWay()) {
            assertThatThrownBy(() -> carrier.second().send(Arrays.asList(cargo.second(), new Object())))
                    .isInstanceOf(NotSerializableException.class);
            carrier.first().close();
            assertThatThrownBy(() -> carrier.second().send(cargo.second())).isInstanceOf(IOException.class);

            cargo.second().close();

            assertThatThrownBy(cargo.first()::recv).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void shouldBeClosedWhenItBecomesUnreachable() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection reader = pipe.first();
        pipe.second().send("kept");
        pipe = null;

        Deadlines.eventually("the garbage collector closes the writer", () -> {
            System.gc();
            return isDrained(reader);
        });

        assertThatThrownBy(reader::recv).isInstanceOf(EOFException.class);
        reader.close();
    }

    private static boolean isDrained(Connection reader) {
        try {
            while (reader.poll()) {
                reader.recv();
            }
            return false;
        } catch (EOFException end) {
            return true;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGiveBackTheMemoryOfThousandsOfPipes() throws Exception {
        for (int i = 0; i < 2000; i++) {
            try (Pipe pipe = Pipe.duplex()) {
                pipe.first().send(i);
                assertThat(pipe.second().recv()).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldCountWhatHasGoneThroughAnEnd() throws Exception {
        try (Pipe pipe = Pipe.duplex()) {
            pipe.first().sendBytes(new byte[10]);
            pipe.first().sendBytes(new byte[1 << 20], 0, 5);
            pipe.second().recvBytes();

            assertThat(pipe.first().statistics()).isEqualTo(new Connection.Statistics(2, 15, 0, 0));
            assertThat(pipe.second().statistics()).isEqualTo(new Connection.Statistics(0, 0, 1, 10));
        }
    }
}
