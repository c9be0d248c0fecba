package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.storm.Signals;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages between processes that all live. What deaths do is in {@link ConnectionDeathTest}. */
@ExtendWith(FamilyCheck.class)
class ConnectionAcrossProcessesTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends back what it receives, up to an empty message. */
    private static void echo(Connection connection) throws IOException, InterruptedException {
        for (byte[] message = connection.recvBytes(); message.length > 0; message = connection.recvBytes()) {
            connection.sendBytes(message);
        }
        connection.close();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestConnection.test_connection")
    void shouldExchangeObjectsAndBytesWithAChild() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection here = pipe.first();
        Connection there = pipe.second();
        Process process =
                Process.builder().daemon(true).target(() -> echo(there)).build();
        process.start();
        byte[] hello = bytes("hello world");

        List<Object> sequence = Arrays.asList(1, 2.25, null);
        here.send(sequence);
        assertThat(Kin.receive(here)).isEqualTo(sequence);
        here.sendBytes(hello);
        assertThat(here.recvBytes()).isEqualTo(hello);

        ByteBuffer buffer = ByteBuffer.allocate(40).position(12);
        here.sendBytes(hello);
        assertThat(here.recvBytesInto(buffer)).isEqualTo(11);
        assertThat(Arrays.copyOfRange(buffer.array(), 12, 23)).isEqualTo(hello);

        long start = System.nanoTime();
        assertThat(here.poll()).isFalse();
        assertThat(here.poll(Deadlines.SHORT)).isFalse();
        Deadlines.assertTook(start, Deadlines.SHORT);
        here.send(null);
        assertThat(here.poll(Deadlines.PATIENCE)).isTrue();
        assertThat(here.recv()).isNull();

        byte[] large = new byte[16 << 20];
        Arrays.fill(large, (byte) 'X');
        here.sendBytes(large);
        assertThat(Arrays.equals(here.recvBytes(), large)).isTrue();

        here.sendBytes(new byte[0]);
        there.close();
        assertThat(here.readable()).isTrue();
        assertThat(here.writable()).isTrue();
        assertThatThrownBy(here::recv).isInstanceOf(EOFException.class);
        assertThatThrownBy(here::recvBytes).isInstanceOf(EOFException.class);
        Kin.join(process);
        here.close();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestConnection.test_spawn_close")
    void shouldLetTheParentCloseTheChildsEndRightAfterTheStart() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        Process process = new Process(() -> echo(there));
        process.start();
        there.close();

        pipe.first().sendBytes(bytes("hello"));
        assertThat(pipe.first().recvBytes()).isEqualTo(bytes("hello"));

        pipe.first().sendBytes(new byte[0]);
        pipe.first().close();
        Kin.join(process);
        assertThat(process.exitcode()).hasValue(0);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPoll.test_strings")
    void shouldPollEachMessageOfASlowChild() throws Exception {
        List<String> strings = List.of("hello", "", "a", "b", "", "bye", "", "lop");
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        Process process = new Process(() -> {
            for (String text : strings) {
                there.recvBytes();
                there.sendBytes(bytes(text));
            }
            there.close();
        });
        process.start();
        there.close();

        for (String text : strings) {
            assertThat(pipe.first().poll(Duration.ofMillis(10))).isFalse();
            pipe.first().sendBytes(new byte[0]);
            assertThat(pipe.first().poll(Deadlines.PATIENCE)).isTrue();
            assertThat(pipe.first().recvBytes()).isEqualTo(bytes(text));
        }
        assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(EOFException.class);
        Kin.join(process);
        pipe.close();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPoll.test_boundaries")
    void shouldStealNothingByPollingInAnotherProcess() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection reader = pipe.first();
        Process process = Kin.begin(() -> {
            if (!reader.poll(Deadlines.PATIENCE)) {
                System.exit(2);
            }
        });

        pipe.second().sendBytes(bytes("first"));
        pipe.second().sendBytes(bytes("second"));
        pipe.second().close();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(0);
        assertThat(reader.recvBytes()).isEqualTo(bytes("first"));
        assertThat(reader.recvBytes()).isEqualTo(bytes("second"));
        pipe.close();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPoll.test_dont_merge")
    void shouldNotMergeTheMessagesOfAChild() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        assertThat(pipe.first().poll(Duration.ZERO)).isFalse();
        assertThat(pipe.first().poll(Deadlines.SHORT)).isFalse();
        Process process = new Process(() -> {
            there.sendBytes(bytes("a"));
            there.sendBytes(bytes("b"));
            there.sendBytes(bytes("cd"));
        });
        process.start();

        assertThat(pipe.first().recvBytes()).isEqualTo(bytes("a"));
        for (String text : List.of("b", "cd")) {
            assertThat(pipe.first().poll(Deadlines.PATIENCE)).isTrue();
            assertThat(pipe.first().poll(Deadlines.PATIENCE)).isTrue();
            assertThat(pipe.first().recvBytes()).isEqualTo(bytes(text));
        }
        Kin.join(process);
        pipe.close();
    }

    @Test
    void shouldCarryObjectsLargerThanThePipeBothWays() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        Process process = new Process(() -> there.send(there.recv(byte[].class)));
        process.start();
        there.close();
        byte[] large = ConnectionTest.filled(20 << 20);

        pipe.first().send(large);

        assertThat(Arrays.equals((byte[]) Kin.receive(pipe.first()), large)).isTrue();
        Kin.join(process);
        pipe.close();
    }

    // ---- several processes on one end

    @Test
    void shouldShareOutMessagesAmongProcesses() throws Exception {
        int messages = 3000;
        Pipe work = Pipe.oneWay();
        Pipe results = Pipe.oneWay();
        Connection source = work.first();
        Connection sink = results.second();
        List<Process> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(Kin.begin(() -> {
                List<Integer> mine = new ArrayList<>();
                try {
                    while (true) {
                        mine.add(source.recv(Integer.class));
                    }
                } catch (EOFException end) {
                    sink.send(mine);
                }
            }));
        }
        sink.close();
        for (int i = 0; i < messages; i++) {
            work.second().send(i);
        }
        work.second().close();

        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Integer> part = new ArrayList<>();
            for (Object number : (List<?>) Kin.receive(results.first())) {
                part.add((Integer) number);
            }
            assertThat(part)
                    .as("what one process received, in the order of sending")
                    .isSorted();
            all.addAll(part);
        }
        assertThat(all).doesNotHaveDuplicates().hasSize(messages);
        for (Process worker : workers) {
            Kin.join(worker);
        }
        work.close();
        results.close();
    }

    @Test
    void shouldNotMixTheMessagesOfSeveralSendingProcesses() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection sink = pipe.second();
        List<Process> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int sender = i;
            Process process = new Process(() -> {
                for (int k = 0; k < 200; k++) {
                    byte[] message = new byte[k % 20 == 0 ? 300_000 : 5 + k];
                    Arrays.fill(message, (byte) sender);
                    ByteBuffer.wrap(message).putInt(k);
                    sink.sendBytes(message);
                }
            });
            process.start();
            senders.add(process);
        }
        sink.close();

        int[] next = new int[3];
        for (int i = 0; i < 600; i++) {
            byte[] message = pipe.first().recvBytes();
            int sender = message[message.length - 1];
            int k = ByteBuffer.wrap(message).getInt();
            assertThat(k).isEqualTo(next[sender]++);
            assertThat(message).hasSize(k % 20 == 0 ? 300_000 : 5 + k);
            for (int at = 4; at < message.length; at++) {
                if (message[at] != sender) {
                    throw new AssertionError(
                            "byte " + at + " of message " + k + " of sender " + sender + " is " + message[at]);
                }
            }
        }
        assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(EOFException.class);
        for (Process sender : senders) {
            Kin.join(sender);
        }
        pipe.close();
    }

    // ---- connections in messages

    @Test
    @FromCPython("_test_multiprocessing._TestPicklingConnections.test_pickling")
    void shouldWorkInAThirdProcessThatGotItThroughAConnection() throws Exception {
        Pipe toMaker = Pipe.duplex();
        Pipe toUser = Pipe.duplex();
        Connection makersEnd = toMaker.second();
        Connection usersEnd = toUser.second();
        Process maker = new Process(() -> {
            try (Pipe made = Pipe.duplex()) {
                makersEnd.send(made.first());
                makersEnd.send(made.second());
            }
            makersEnd.recv();
        });
        Process user = new Process(() -> {
            try (Connection arrived = usersEnd.recv(Connection.class)) {
                arrived.send(arrived.recv(String.class).toUpperCase(Locale.ROOT));
            }
        });
        maker.start();
        user.start();
        makersEnd.close();
        usersEnd.close();

        Connection mine = (Connection) Kin.receive(toMaker.first());
        Connection passedOn = (Connection) Kin.receive(toMaker.first());
        toUser.first().send(passedOn);
        passedOn.close();
        mine.send("made there, used elsewhere");

        assertThat(Kin.receive(mine)).isEqualTo("MADE THERE, USED ELSEWHERE");
        assertThatThrownBy(mine::recv).isInstanceOf(EOFException.class);
        toMaker.first().send(null);
        Kin.join(maker);
        Kin.join(user);
        mine.close();
        toMaker.close();
        toUser.close();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPicklingConnections.test_access")
    void shouldKeepItsDirectionWhenItTravels() throws Exception {
        Pipe carrier = Pipe.duplex();
        Connection there = carrier.second();
        Process process = new Process(() -> {
            Connection writer = there.recv(Connection.class);
            writer.send("all is well");
            writer.close();
            Connection reader = there.recv(Connection.class);
            String message = reader.recv(String.class);
            there.send(message + message);
            there.close();
        });
        process.start();
        there.close();

        try (Pipe first = Pipe.oneWay();
                Pipe second = Pipe.oneWay()) {
            carrier.first().send(first.second());
            first.second().close();
            assertThat(Kin.receive(first.first())).isEqualTo("all is well");

            carrier.first().send(second.first());
            second.first().close();
            second.second().send("foobar");
            second.second().close();
            assertThat(Kin.receive(carrier.first())).isEqualTo("foobarfoobar");
        }
        Kin.join(process);
        carrier.close();
    }

    @Test
    void shouldArriveOnceWhenItIsCapturedTwice() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        List<Connection> again = new ArrayList<>(List.of(there, there));
        Process process = new Process(() -> {
            again.get(0).send("one");
            again.get(1).send("two");
            there.send("three");
            there.close();
            again.forEach(Connection::close);
            Kin.sleepForEver();
        });
        process.start();
        there.close();

        assertThat(Kin.receive(pipe.first())).isEqualTo("one");
        assertThat(Kin.receive(pipe.first())).isEqualTo("two");
        assertThat(Kin.receive(pipe.first())).isEqualTo("three");
        assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class);
        process.kill();
        Kin.join(process);
        pipe.close();
    }

    // ---- a stopped process: the system suspends it in the middle of what it does

    /** Suspends a process, or lets it go on; only where there is a program {@code kill}. */
    static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(Signals.send(process.pid().getAsLong(), signal)).isTrue();
    }

    /** A sender of large messages, suspended somewhere in the middle of one: the pipe was full when nobody received. */
    static Process stoppedSender(Connection to, int size) throws IOException, InterruptedException {
        Process sender = Kin.begin(() -> {
            for (int i = 1; i < 100; i++) {
                byte[] message = new byte[size];
                Arrays.fill(message, (byte) i);
                to.sendBytes(message);
            }
        });
        return sender;
    }

    @Test
    void shouldFinishAnInterruptedReceiveWithTheNextOne() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Process sender = stoppedSender(pipe.second(), 4 << 20);
        pipe.second().close();
        Deadlines.eventually("a message has begun", () -> pipe.first().isReady());
        signal(sender, "STOP");

        try (var crew = Crew.start(
                1, () -> assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(InterruptedException.class))) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        assertThat(pipe.first().poll()).isTrue();
        signal(sender, "CONT");

        byte[] whole = pipe.first().recvBytes();
        assertThat(whole).hasSize(4 << 20).containsOnly(1);
        assertThat(pipe.first().recvBytes()).hasSize(4 << 20).containsOnly(2);
        sender.kill();
        Kin.join(sender);
        pipe.close();
    }

    @Test
    void shouldLeaveAnInterruptedReceiveToItsProcessAndNotSpinInAnother() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Process sender = stoppedSender(pipe.second(), 4 << 20);
        pipe.second().close();
        Deadlines.eventually("a message has begun", () -> pipe.first().isReady());
        signal(sender, "STOP");
        try (var crew = Crew.start(
                1, () -> assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(InterruptedException.class))) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        Connection reader = pipe.first();

        assertThat(Kin.ask(Boolean.class, () -> reader.poll() || reader.poll(Deadlines.SHORT)))
                .isFalse();

        signal(sender, "CONT");
        assertThat(pipe.first().recvBytes()).hasSize(4 << 20).containsOnly(1);
        sender.kill();
        Kin.join(sender);
        pipe.close();
    }

    @Test
    void shouldRefuseTheRestOfAMessageThatIsTooLong() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Process sender = stoppedSender(pipe.second(), 4 << 20);
        pipe.second().close();
        Deadlines.eventually("a message has begun", () -> pipe.first().isReady());
        signal(sender, "STOP");
        try (var crew = Crew.start(
                1, () -> assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(InterruptedException.class))) {
            crew.awaitBlocked();
            crew.interrupt();
        }

        assertThatThrownBy(() -> pipe.first().recvBytes(1000)).hasMessageContaining("bad message length");

        assertThat(pipe.first().closed()).isTrue();
        sender.kill();
        Kin.join(sender);
        pipe.close();
    }

    @Test
    void shouldWakeThreadsThatWaitForAStoppedProcessWhenTheirEndIsClosed() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Process sender = stoppedSender(pipe.second(), 4 << 20);
        Deadlines.eventually("a message has begun", () -> pipe.first().isReady());
        signal(sender, "STOP");

        try (var crew = Crew.start(
                2,
                index -> assertThatThrownBy(() -> {
                            if (index == 0) {
                                pipe.first().recvBytes();
                            } else {
                                pipe.second().send("waits for the turn of the stopped process to end");
                            }
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("closed"))) {
            crew.awaitBlocked();
            pipe.close();
        }
        sender.kill();
        Kin.join(sender);
    }
}
