package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ends of pipes inside messages that nobody reads are held by the pipe with the message, and no longer than that. */
@ExtendWith(FamilyCheck.class)
class CarriedEndsTest {

    private static long pipes() throws IOException {
        try (Stream<Path> files = Files.list(Session.current().directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith("pipe-"))
                    .count();
        }
    }

    @Test
    void shouldHoldAnEndAsLongAsTheMessageCanBeRead() throws Exception {
        try (Pipe carrier = Pipe.oneWay()) {
            Pipe carried = Pipe.oneWay();
            carrier.second().send(carried.second());
            carried.second().close();
            assertThat(carried.first().poll()).isFalse();

            Connection arrived = carrier.first().recv(Connection.class);
            arrived.send("still there");
            arrived.close();

            assertThat(carried.first().recv()).isEqualTo("still there");
            assertThatThrownBy(carried.first()::recv).isInstanceOf(EOFException.class);
            carried.first().close();
        }
    }

    @Test
    void shouldSeeTheEndOfFileWhenTheCarrierIsGone() throws Exception {
        Pipe carrier = Pipe.oneWay();
        Pipe carried = Pipe.oneWay();
        carrier.second().send(carried.second());
        carried.second().close();

        carrier.close();

        assertThatThrownBy(carried.first()::recv).isInstanceOf(EOFException.class);
        carried.first().close();
        assertThat(pipes()).isZero();
    }

    @Test
    void shouldRemoveAChainOfCarriersWithTheFirst() throws Exception {
        Pipe first = Pipe.oneWay();
        Connection last = first.second();
        for (int i = 0; i < 5; i++) {
            Pipe next = Pipe.duplex();
            last.send(List.of(next.first(), next.second()));
            Connection sender = next.second();
            if (last != first.second()) {
                last.close();
            }
            next.first().close();
            last = sender;
        }
        last.close();
        assertThat(pipes()).isEqualTo(6);

        first.close();

        assertThat(pipes()).isZero();
    }

    @Test
    void shouldSeeTheEndOfFileWhenTheLastHolderOfTheCarrierIsKilled() throws Exception {
        Pipe carrier = Pipe.duplex();
        Pipe carried = Pipe.oneWay();
        Connection away = carrier.second();
        Process holder = Kin.begin(() -> {
            away.poll();
            Kin.sleepForEver();
        });
        carrier.first().send(carried.second());
        carried.second().close();
        carrier.close();
        assertThat(carried.first().poll()).isFalse();

        holder.kill();

        assertThatThrownBy(carried.first()::recv).isInstanceOf(EOFException.class);
        carried.first().close();
        Kin.join(holder);
        Deadlines.eventually("no pipe is left", () -> {
            try {
                return pipes() == 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void shouldKeepNothingOfHundredsOfPipesThatWereSentAndForgotten() throws Exception {
        for (int round = 0; round < 5; round++) {
            Queue<Object> queue = new Queue<>();
            for (int i = 0; i < 40; i++) {
                Pipe pipe = Pipe.oneWay();
                queue.put(pipe.first());
                queue.put(pipe.second());
                pipe.close();
            }
            queue.close();
            queue.joinThread();
        }

        assertThat(pipes()).isZero();
    }
}
