package offspring.multiprocessing.internal.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Crew;
import offspring.testkit.VirtualThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Threads of one and of several processes sleep at a place and are woken. A wake-up that was lost would show as a wait until the
 * backstop, half a second, so the waits are measured.
 */
@ExtendWith(FamilyCheck.class)
class ParkingTest {

    private static final int QUESTION = 0;
    private static final int ASKED = 8;
    private static final int ANSWERS = 64;
    private static final int ANSWERED = 72;

    /** A wait that took this long was ended by the backstop, or the machine was very busy. */
    private static final Duration SUSPICIOUS = Duration.ofMillis(450);

    private static final int FORGIVEN = 3;

    private Segment segment;

    @BeforeEach
    void makeSegment() throws IOException {
        segment = Segment.create(Session.current().directory().resolve("test-parking"), 128);
    }

    @AfterEach
    void deleteSegment() throws IOException {
        segment.delete();
    }

    private WaitPoint place() throws IOException {
        return WaitPoint.at(segment, ASKED);
    }

    private static long soon(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    // ---- one process

    @Test
    void shouldNotWaitWhenTheConditionHolds() throws Exception {
        assertThat(place().await(() -> true, Deadlines.NEVER)).isTrue();
        assertThat(place().await(() -> true, System.nanoTime() - 1)).isTrue();
    }

    @Test
    void shouldGiveUpAtTheDeadline() throws Exception {
        long start = System.nanoTime();
        assertThat(place().await(() -> false, start)).isFalse();
        offspring.testkit.Deadlines.assertTook(start, Duration.ZERO);

        start = System.nanoTime();
        assertThat(place().await(() -> false, soon(offspring.testkit.Deadlines.SHORT)))
                .isFalse();
        offspring.testkit.Deadlines.assertTook(start, offspring.testkit.Deadlines.SHORT);
    }

    @Test
    void shouldBeWokenByAThreadOfTheSameProcess() throws Exception {
        try (var crew = Crew.start(
                4,
                () -> assertThat(place().await(() -> segment.getVolatile(QUESTION) == 1, Deadlines.NEVER))
                        .isTrue())) {
            crew.awaitBlocked();
            segment.putVolatile(QUESTION, 1);
            place().signalAll();
        }
    }

    @Test
    void shouldSleepOnWhenItsConditionDoesNotHoldYet() throws Exception {
        try (var crew = Crew.start(
                1,
                () -> assertThat(place().await(() -> segment.getVolatile(QUESTION) == 3, Deadlines.NEVER))
                        .isTrue())) {
            for (int i = 1; i <= 3; i++) {
                crew.awaitBlocked();
                assertThat(crew.finished()).isZero();
                segment.putVolatile(QUESTION, i);
                place().signalAll();
            }
        }
    }

    @Test
    void shouldThrowWhenInterruptedAndStayUsable() throws Exception {
        try (var crew = Crew.start(
                2,
                () -> assertThatThrownBy(() -> place().await(() -> false, Deadlines.NEVER))
                        .isInstanceOf(InterruptedException.class))) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        Thread.currentThread().interrupt();
        assertThat(place().await(() -> true, Deadlines.NEVER)).isTrue();
        assertThatThrownBy(() -> place().await(() -> false, Deadlines.NEVER)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldLoseNoWakeUpBetweenThreads() throws Exception {
        long[] suspicious = {0};
        try (var crew = Crew.start(2, index -> {
            if (index == 0) {
                answer(segment, 20_000, 1);
            } else {
                suspicious[0] = ask(segment, 20_000, 1);
            }
        })) {
            crew.join();
        }
        assertThat(suspicious[0]).isLessThanOrEqualTo(FORGIVEN);
    }

    // ---- two processes

    /** Asks, waits until all have answered, and so on; gives the number of rounds that took suspiciously long. */
    private static long ask(Segment segment, int rounds, int answerers) throws IOException, InterruptedException {
        WaitPoint asked = WaitPoint.at(segment, ASKED);
        WaitPoint answered = WaitPoint.at(segment, ANSWERED);
        long suspicious = 0;
        for (int i = 1; i <= rounds; i++) {
            pauseSometimes(i);
            long all = (long) i * answerers;
            long start = System.nanoTime();
            segment.putVolatile(QUESTION, i);
            asked.signalAll();
            BooleanSupplier enough = () -> segment.getVolatile(ANSWERS) >= all;
            if (!answered.await(enough, soon(offspring.testkit.Deadlines.PATIENCE))) {
                throw new AssertionError("round " + i + " has " + segment.getVolatile(ANSWERS) + " answers of " + all);
            }
            if (System.nanoTime() - start > SUSPICIOUS.toNanos()) {
                suspicious++;
            }
        }
        return suspicious;
    }

    private static void answer(Segment segment, int rounds, int seed) throws IOException, InterruptedException {
        WaitPoint asked = WaitPoint.at(segment, ASKED);
        WaitPoint answered = WaitPoint.at(segment, ANSWERED);
        for (int i = 1; i <= rounds; i++) {
            int question = i;
            if (!asked.await(
                    () -> segment.getVolatile(QUESTION) >= question, soon(offspring.testkit.Deadlines.PATIENCE))) {
                throw new AssertionError("question " + question + " has not come");
            }
            pauseSometimes(i + seed);
            segment.getAndAdd(ANSWERS, 1);
            answered.signalAll();
        }
    }

    /** Long enough that the other side stops to spin and sleeps; the moments of sleep and wake-up meet in all ways. */
    private static void pauseSometimes(int round) {
        if (round % 3 == 0) {
            LockSupport.parkNanos(round % 97 * 1_000L);
        }
    }

    private void loseNoWakeUp(int rounds, int threadsHere) throws Exception {
        String file = segment.file().toString();
        Process child = new Process(() -> {
            long suspicious = ask(Segment.open(Path.of(file)), rounds, threadsHere);
            System.exit((int) Math.min(100, suspicious));
        });
        child.start();
        try (var crew = Crew.start(threadsHere, index -> answer(segment, rounds, index))) {
            crew.join();
        }
        assertThat(child.join(offspring.testkit.Deadlines.PATIENCE)).isTrue();
        assertThat(child.exitcode().getAsInt())
                .as("rounds that took suspiciously long")
                .isBetween(0, FORGIVEN);
    }

    @Test
    void shouldLoseNoWakeUpBetweenProcesses() throws Exception {
        loseNoWakeUp(5_000, 1);
    }

    /** A thread that begins to wait must not hide from the bell that another one of its process was called. */
    @Test
    void shouldLoseNoWakeUpWhenSeveralThreadsOfAProcessSleepAtOnePlace() throws Exception {
        loseNoWakeUp(3_000, 4);
    }

    /** The other process is played: it wakes before this one has heard the bell, and sleeps again. */
    @Test
    void shouldLoseNoWakeUpWhenAnotherProcessWithTheSameMarkSetsItFirst() throws Exception {
        Session session = Session.current();
        long neighbour = takeSlotWithTheSameMark(session);
        Ropes ropes = new Ropes(session);
        WaitPoint elsewhere = WaitPoint.at(segment, ANSWERED);
        int suspicious = 0;
        try (var listener =
                Crew.start(1, () -> elsewhere.await(() -> segment.getVolatile(QUESTION) < 0, Deadlines.NEVER))) {
            listener.awaitBlocked();
            for (int round = 1; round <= 3 * FORGIVEN; round++) {
                int question = round;
                long start;
                try (var crew = Crew.start(
                        1, () -> place().await(() -> segment.getVolatile(QUESTION) == question, Deadlines.NEVER))) {
                    crew.awaitBlocked();
                    start = System.nanoTime();
                    segment.putVolatile(QUESTION, question);
                    long marks = segment.getAndSet(ASKED, 0);
                    segment.getAndOr(ASKED, marks);
                    ropes.ring(session.self());
                }
                suspicious += System.nanoTime() - start > SUSPICIOUS.toNanos() ? 1 : 0;
            }
            segment.putVolatile(QUESTION, -1);
            elsewhere.signalAll();
        } finally {
            ropes.drop(session.self());
            session.processes().free(neighbour);
        }
        assertThat(suspicious).isLessThanOrEqualTo(FORGIVEN);
    }

    /** The look that uses the permit up is played; in earnest it is the wait for a lock. */
    @Test
    void shouldLoseNoWakeUpWhenALookUsesUpThePermitOfItsThread() throws Exception {
        WaitPoint place = place();
        WaitPoint elsewhere = WaitPoint.at(segment, ANSWERED);
        int suspicious = 0;
        try (var listener =
                Crew.start(1, () -> elsewhere.await(() -> segment.getVolatile(QUESTION) < 0, Deadlines.NEVER))) {
            offspring.testkit.Deadlines.eventually("the bell hangs", ParkingTest::isBellHung);
            listener.awaitBlocked();
            for (int round = 1; round <= 3 * FORGIVEN; round++) {
                int question = round;
                long start = System.nanoTime();
                place.await(
                        () -> {
                            boolean asked = segment.getVolatile(QUESTION) == question;
                            if (!asked && place.hasSleepers()) {
                                segment.putVolatile(QUESTION, question);
                                place.signalAll();
                                LockSupport.parkNanos(this, 1);
                            }
                            return asked;
                        },
                        Deadlines.NEVER);
                suspicious += System.nanoTime() - start > SUSPICIOUS.toNanos() ? 1 : 0;
            }
            segment.putVolatile(QUESTION, -1);
            elsewhere.signalAll();
        }
        assertThat(suspicious).isLessThanOrEqualTo(FORGIVEN);
    }

    private static boolean isBellHung() {
        try {
            Session session = Session.current();
            var listening = new AtomicBoolean();
            session.processes()
                    .forEachListener(0, 1, identity -> listening.compareAndSet(false, identity == session.self()));
            return listening.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long takeSlotWithTheSameMark(Session session) throws IOException {
        int own = ProcessTable.slotOf(session.self());
        while (true) {
            long taken = session.processes().take(session.self());
            if ((ProcessTable.slotOf(taken) - own) % 64 == 0) {
                return taken;
            }
            session.processes().free(taken);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldListenForAVirtualThreadThatCameBeforeTheBellHung() throws Exception {
        String file = segment.file().toString();
        Process child = new Process(() -> {
            WaitPoint place = WaitPoint.at(Segment.open(Path.of(file)), ASKED);
            VirtualThreads.factory()
                    .newThread(() -> place.awaitUninterruptibly(() -> false))
                    .start();
            offspring.testkit.Deadlines.eventually("a thread listens", ParkingTest::somebodyListens);
        });
        child.start();
        assertThat(child.join(offspring.testkit.Deadlines.PATIENCE)).isTrue();
        assertThat(child.exitcode()).hasValue(0);
    }

    private static boolean somebodyListens() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals("leadAlways"));
    }

    @Test
    void shouldWakeEverybodyAfterADeath() throws Exception {
        Session session = Session.current();
        long deaths = session.processes().deaths();
        try (var crew = Crew.start(
                1,
                () -> assertThat(place().await(() -> session.processes().deaths() != deaths, Deadlines.NEVER))
                        .isTrue())) {
            crew.awaitBlocked();
            Process child = new Process(() -> {});
            child.start();
            assertThat(child.join(offspring.testkit.Deadlines.PATIENCE)).isTrue();
        }
    }
}
