package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.storm.CellKills;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The memory of objects that nobody uses any more is used again: the session does not grow. */
@ExtendWith(FamilyCheck.class)
class SharedSpaceTest {

    /** What 4096 objects need: when space is searched for, those of a process that has just ended may still seem to be in use. */
    private static final long SOME_BYTES = 4 << 17;

    private static long size() throws IOException {
        try (Stream<Path> files = Files.walk(Session.current().directory())) {
            return files.filter(file -> file.getFileName().toString().matches("(cells|flights|held)-.*"))
                    .mapToLong(SharedSpaceTest::sizeOf)
                    .sum();
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeAndClose(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            new Lock().close();
        }
    }

    @Test
    void shouldNotGrowByObjectsThatWereClosed() throws Exception {
        makeAndClose(5_000);
        long before = size();
        makeAndClose(100_000);
        assertThat(size()).isEqualTo(before);
        for (int i = 0; i < 5_000; i++) {
            new Condition().close();
        }
        assertThat(size()).isEqualTo(before);
    }

    @Test
    void shouldNotGrowByObjectsThatWereDropped() throws Exception {
        int held = Session.current().holdings().size();
        long before = size();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 1000; i++) {
                assertThat(new Lock().locked()).isFalse();
            }
            awaitCollected(held + 100);
        }
        assertThat(size()).isLessThanOrEqualTo(before + SOME_BYTES);
    }

    private static void awaitCollected(int held) throws IOException {
        Session session = Session.current();
        System.gc();
        Deadlines.eventually("what is unreachable is given up", () -> {
            if (session.holdings().size() > held) {
                System.gc();
            }
            return session.holdings().size() <= held;
        });
    }

    @Test
    void shouldNotGrowByObjectsThatWereSentAround() throws Exception {
        int count = 5_000;
        long[] sizes = new long[2];
        for (int round = 0; round < 2; round++) {
            try (Pipe pipe = Pipe.duplex()) {
                Connection there = pipe.second();
                Process child = new Process(() -> {
                    for (int i = 0; i < count; i++) {
                        Semaphore semaphore = there.recv(Semaphore.class);
                        assertThat(semaphore.value()).isEqualTo(i);
                        there.send(semaphore);
                        semaphore.close();
                    }
                });
                child.start();
                for (int i = 0; i < count; i++) {
                    Semaphore semaphore = new Semaphore(i);
                    pipe.first().send(semaphore);
                    semaphore.close();
                    Semaphore back = pipe.first().recv(Semaphore.class);
                    assertThat(back.value()).isEqualTo(i);
                    back.close();
                }
                Kin.join(child);
                assertThat(child.exitcode()).hasValue(0);
            }
            sizes[round] = size();
        }
        assertThat(sizes[1]).isEqualTo(sizes[0]);
    }

    @Test
    void shouldNotGrowByWhatKilledProcessesHeldOrHadNotReadYet() throws Exception {
        List<Long> sizes = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            try (Pipe pipe = Pipe.duplex()) {
                Connection there = pipe.second();
                Process victim = Kin.begin(() -> {
                    List<Shared> held = new ArrayList<>();
                    for (int i = 0; i < 2000; i++) {
                        held.add(new Event());
                    }
                    for (int i = 0; i < 20; i++) {
                        there.send(held.get(i));
                    }
                    there.send("made");
                    Kin.sleepForEver();
                });
                for (int i = 0; i < 20; i++) {
                    pipe.first().send(new Event());
                }
                for (int i = 0; i < 20; i++) {
                    pipe.first().recv(Event.class).close();
                }
                assertThat(Kin.receive(pipe.first())).isEqualTo("made");
                victim.kill();
                Kin.join(victim);
            }
            makeAndClose(3000);
            sizes.add(size());
        }
        assertThat(sizes.get(5)).isLessThanOrEqualTo(sizes.get(0) + SOME_BYTES);
    }

    @Test
    void shouldFreeNothingThatIsInUseWhileProcessesSweepAndAreKilled() throws Exception {
        CellKills.Outcome outcome = CellKills.storm(15, 20261120L);

        assertThat(outcome.kills()).isEqualTo(15);
        assertThat(outcome.arrived()).isGreaterThan(500);
        assertThat(outcome.cellFiles()).isLessThan(16); // as many as the other tests need, too
    }

    /** A program that makes a lock and ends, without ever having had a child. */
    static final class MakesALock {
        public static void main(String[] args) throws Exception {
            try (Lock lock = new Lock()) {
                lock.acquire();
            }
            System.out.println("directory " + Session.current().directory());
        }
    }

    @Test
    void shouldLeaveNoDirectoryWhenAProgramWithoutChildrenEnds() throws Exception {
        try (Program program = Program.start(MakesALock.class)) {
            Path directory = Path.of(program.await("directory "));
            assertThat(program.join()).isZero();
            assertThat(directory).doesNotExist();
        }
    }
}
