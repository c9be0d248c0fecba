package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.storm.PipeKills;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the others get when a process is killed while it sends or receives, and that nobody waits for the dead. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ConnectionDeathTest {

    // ---- the end of the file

    @Test
    void shouldReachTheEndWhenTheOnlySenderIsKilled() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process sender = new Process(() -> {
            there.send("the only one");
            Kin.sleepForEver();
        });
        sender.start();
        there.close();
        assertThat(Kin.receive(pipe.first())).isEqualTo("the only one");

        try (var crew =
                Crew.start(1, () -> assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class))) {
            crew.awaitBlocked();
            sender.kill();
            crew.join();
        }
        Kin.join(sender);
        pipe.close();
    }

    @Test
    void shouldReachTheEndWhenTheSenderEndsWithoutClosing() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process sender = new Process(() -> there.send("not closed"));
        sender.start();
        there.close();

        assertThat(Kin.receive(pipe.first())).isEqualTo("not closed");
        assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class);
        Kin.join(sender);
        pipe.close();
    }

    @Test
    void shouldReachTheEndWhenAChildCouldNotBeStarted() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process process = Process.builder()
                .target(() -> there.send("never"))
                .options(ProcessOptions.builder()
                        .java(Path.of("no", "such", "java"))
                        .build())
                .build();
        assertThatThrownBy(process::start).isInstanceOf(IOException.class);

        there.close();

        assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class);
        pipe.close();
    }

    @Test
    void shouldReachTheEndWhenAGrandchildIsKilledWithItsParent() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process child = new Process(() -> {
            Process grandchild = new Process(() -> {
                there.send("alive");
                Kin.sleepForEver();
            });
            grandchild.start();
            there.close();
            Kin.sleepForEver();
        });
        child.start();
        there.close();
        assertThat(Kin.receive(pipe.first())).isEqualTo("alive");

        child.kill();

        assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class);
        Kin.join(child);
        pipe.close();
    }

    @Test
    void shouldNotReachTheEndAsLongAsOneOfSeveralSendersLives() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process one = Kin.begin(Kin::sleepForEver);
        Process holder = Kin.begin(() -> {
            if (!there.closed()) {
                Kin.sleepForEver();
            }
        });
        Process other = Kin.begin(() -> {
            there.send("one of two");
            Kin.sleepForEver();
        });
        there.close();
        assertThat(Kin.receive(pipe.first())).isEqualTo("one of two");

        other.kill();
        Kin.join(other);
        one.kill();
        Kin.join(one);
        assertThat(pipe.first().poll(Deadlines.SHORT)).isFalse();

        holder.kill();
        assertThatThrownBy(pipe.first()::recv).isInstanceOf(EOFException.class);
        Kin.join(holder);
        pipe.close();
    }

    // ---- a broken pipe

    @Test
    void shouldTellASenderThatWaitsForRoomWhenTheReceiverIsKilled() throws Exception {
        for (int size : new int[] {20_000, 1 << 20}) {
            Pipe pipe = Pipe.oneWay();
            Connection there = pipe.first();
            Process receiver = Kin.begin(() -> {
                if (!there.closed()) {
                    Kin.sleepForEver();
                }
            });
            there.close();

            try (var crew = Crew.start(
                    1,
                    () -> assertThatThrownBy(() -> {
                                while (true) {
                                    pipe.second().sendBytes(new byte[size]);
                                }
                            })
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("nothing can be sent"))) {
                crew.awaitBlocked();
                receiver.kill();
                crew.join();
            }
            Kin.join(receiver);
            pipe.close();
        }
    }

    // ---- in the middle of a message

    @Test
    void shouldDeliverTheWholeMessagesOfASenderThatIsKilledInTheMiddleOfOne() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process sender = Kin.begin(() -> {
            there.sendBytes(new byte[] {1});
            there.sendBytes(new byte[64 << 20]);
        });
        there.close();
        assertThat(pipe.first().recvBytes()).containsExactly(1);
        Deadlines.eventually("the large message has begun", () -> pipe.first().isReady());

        sender.kill();
        Kin.join(sender);

        assertThat(sender.exitcode()).hasValue(-9);
        assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(EOFException.class);
        pipe.close();
    }

    @Test
    void shouldFreeAReceiverThatHasHalfOfTheMessageOfAKilledSender() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Process sender = ConnectionAcrossProcessesTest.stoppedSender(pipe.second(), 64 << 20);
        Deadlines.eventually("the large message has begun", () -> pipe.first().isReady());
        ConnectionAcrossProcessesTest.signal(sender, "STOP");

        try (var crew = Crew.start(1, () -> assertThat(pipe.first().recv()).isEqualTo("from a survivor"))) {
            crew.awaitBlocked();
            sender.kill();
            Kin.join(sender);
            pipe.second().send("from a survivor");
            crew.join();
        }
        assertThat(pipe.first().poll()).isFalse();
        pipe.close();
    }

    @Test
    void shouldNotPromiseAMessageWhoseSenderWasKilledInTheMiddle() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Process sender = ConnectionAcrossProcessesTest.stoppedSender(pipe.second(), 64 << 20);
        Deadlines.eventually("the large message has begun", () -> pipe.first().isReady());

        sender.kill();
        Kin.join(sender);

        assertThat(pipe.first().poll()).isFalse();
        pipe.second().send("whole");
        assertThat(pipe.first().poll()).isTrue();
        assertThat(pipe.first().recv()).isEqualTo("whole");
        pipe.close();
    }

    @Test
    void shouldGiveTheNextWholeMessageWhenAReceiverIsKilledInTheMiddleOfOne() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.first();
        Process sender = ConnectionAcrossProcessesTest.stoppedSender(pipe.second(), 4 << 20);
        Deadlines.eventually("the first message has begun", there::isReady);
        ConnectionAcrossProcessesTest.signal(sender, "STOP");
        Process receiver = new Process(there::recvBytes);
        receiver.start();
        long pid = receiver.pid().getAsLong();
        Deadlines.eventually(
                "the receiver waits for the rest",
                () -> FamilyCheck.stacksOf(pid).contains("awaitRest"));

        receiver.kill();
        Kin.join(receiver);
        assertThat(there.poll()).isFalse();
        ConnectionAcrossProcessesTest.signal(sender, "CONT");

        assertThat(there.recvBytes()).hasSize(4 << 20).containsOnly(2);
        sender.kill();
        Kin.join(sender);
        pipe.close();
    }

    // ---- at any instruction

    @Test
    void shouldDeliverEveryWholeMessageInOrderWhileProcessesAreKilled(@TempDir Path folder) throws Exception {
        PipeKills.Outcome outcome = PipeKills.storm(folder, 50, 20261120L);

        assertThat(outcome.kills()).isEqualTo(50);
        assertThat(outcome.received()).isGreaterThan(outcome.kills());
    }
}
