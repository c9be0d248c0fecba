package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import offspring.futures.Future;
import offspring.futures.Outcome;
import offspring.multiprocessing.Bomb.Place;
import offspring.multiprocessing.storm.Fault;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong in a worker, wherever it does: the call that it happens to fails and says why, all others have their results, the pool
 * goes on, and nothing is left behind. Extends the matrix of CPython's {@code test_deadlock.py}.
 */
@Timeout(60)
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ProcessPoolFaultsTest {

    /** How many calls, and that every so manieth of them has a fault. */
    private static final int CALLS = 60;

    private static final int EVERY = 8;

    private static final Duration LIMIT = Deadlines.scaled(Duration.ofSeconds(2));
    private static final Duration GRACE = Duration.ofMillis(100);

    /** Those that end by themselves; calls without a time limit go to workers several at a time. */
    private static final Set<Fault> ENDING = EnumSet.of(Fault.THROW, Fault.EXIT, Fault.HALT, Fault.KILL, Fault.HEAP);

    @ParameterizedTest
    @EnumSource(Place.class)
    void shouldFailOnlyTheItemsOfAMapThatAreStruck(Place place) throws Exception {
        List<Bomb> bombs = bombs(ENDING, place);
        try (var pool = ProcessPool.builder().maxWorkers(2).maxHeap("48m").build()) {
            check(bombs, pool.mapOutcomes(Bomb::call, bombs));
            assertThat(pool.apply(() -> 6 * 7)).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @FromCPython({
        "test_deadlock.ExecutorDeadlockTest.test_exit_at_task_unpickle",
        "test_deadlock.ExecutorDeadlockTest.test_error_at_task_unpickle",
        "test_deadlock.ExecutorDeadlockTest.test_crash_at_task_unpickle",
        "test_deadlock.ExecutorDeadlockTest.test_crash_during_func_exec_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_exit_during_func_exec_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_error_during_func_exec_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_crash_during_result_pickle_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_exit_during_result_pickle_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_error_during_result_pickle_on_worker",
        "test_deadlock.ExecutorDeadlockTest.test_error_during_result_unpickle_in_result_handler"
    })
    void shouldFailOnlyTheCallsOfAnExecutorThatAreStruck(Place place) throws Exception {
        Set<Fault> faults = EnumSet.copyOf(ENDING);
        faults.add(Fault.STOP);
        List<Bomb> bombs = bombs(faults, place);
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .maxHeap("48m")
                .taskTimeout(LIMIT)
                .gracePeriod(GRACE)
                .build()) {
            List<Future<Bomb>> futures =
                    bombs.stream().map(bomb -> executor.submit(bomb::call)).toList();
            List<Outcome<Bomb>> outcomes = new ArrayList<>();
            for (Future<Bomb> future : futures) {
                Throwable failure = future.exception(PATIENCE);
                outcomes.add(failure == null ? Outcome.of(future.result()) : Outcome.failed(failure));
            }
            check(bombs, outcomes);
            assertThat(executor.submit(() -> 6 * 7).result(PATIENCE)).isEqualTo(42);
        }
    }

    /** Calls of which some are struck, by one of these faults each. */
    private static List<Bomb> bombs(Set<Fault> faults, Place place) throws IOException {
        List<Fault> wanted = new ArrayList<>(faults);
        if (place == Place.PARENT) {
            wanted.retainAll(EnumSet.of(Fault.THROW));
        }
        List<Bomb> bombs = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            boolean struck = i % EVERY == EVERY / 2 && !wanted.isEmpty();
            bombs.add(struck ? Bomb.of(i, wanted.remove(0), place) : Bomb.dud(i));
        }
        assertThat(wanted).isEmpty();
        return bombs;
    }

    private static void check(List<Bomb> bombs, List<Outcome<Bomb>> outcomes) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            Bomb bomb = bombs.get(i);
            Outcome<Bomb> outcome = outcomes.get(i);
            if (bomb.fault() == null) {
                assertThat(outcome.failure()).as("call %d", i).isNull();
                assertThat(outcome.value().number()).isEqualTo(i);
            } else {
                checkFailure(bomb, outcome.failure());
            }
            if (bomb.lock() != null) {
                assertThat(bomb.lock().acquire(PATIENCE))
                        .as("the lock is handed on")
                        .isTrue();
                assertThat(bomb.lock().abandoned()).isEqualTo(bomb.fault() != Fault.THROW);
                bomb.lock().close();
            }
        }
    }

    private static void checkFailure(Bomb bomb, Throwable thrown) {
        String what = bomb.fault() + " at " + bomb.place();
        Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        switch (bomb.fault()) {
            case THROW -> checkThrown(bomb, failure);
            case HEAP -> assertThat(failure).as(what).isInstanceOf(OutOfMemoryError.class);
            case STOP ->
                assertThat(failure).as(what).isInstanceOfSatisfying(TaskTimeoutException.class, late -> {
                    assertThat(late.endedBy()).isEqualTo(TaskTimeoutException.Step.KILL);
                    assertThat(late.certainty()).isEqualTo(Certainty.MAY_HAVE_RUN);
                });
            default ->
                assertThat(failure).as(what).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
                    assertThat(lost.exitCode()).isEqualTo(bomb.fault().exitCode());
                    assertThat(lost.certainty()).isEqualTo(Certainty.MAY_HAVE_RUN);
                });
        }
    }

    private static void checkThrown(Bomb bomb, Throwable failure) {
        Class<? extends Throwable> wanted = switch (bomb.place()) {
            case RUN, LOCK -> IllegalStateException.class;
            case RESULT -> NotSerializableException.class;
            case ARGUMENT, PARENT -> InvalidObjectException.class;
        };
        assertThat(failure)
                .as("thrown at %s", bomb.place())
                .isInstanceOf(wanted)
                .hasMessageContaining(Bomb.complaint(bomb.number()));
    }
}
