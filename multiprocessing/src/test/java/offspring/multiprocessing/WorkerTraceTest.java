package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.Serializable;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import offspring.core.function.CheckedSupplier;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Outcome;
import offspring.futures.ResultIterator;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class WorkerTraceTest {

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static WorkerTrace traceOf(Throwable failure) {
        WorkerTrace trace = WorkerTrace.of(failure);
        assertThat(trace).as("the trace of %s", failure).isNotNull();
        return trace;
    }

    private static List<WorkerTrace> tracesOn(Throwable failure) {
        return Arrays.stream(failure.getSuppressed())
                .filter(WorkerTrace.class::isInstance)
                .map(WorkerTrace.class::cast)
                .toList();
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Checks where a call of a pool failed, and how far it had come. */
    private static void assertFailsIn(ProcessPool pool, Certainty certainty, CheckedSupplier<?> call) throws Exception {
        long pid = pool.apply(WorkerTraceTest::pid);
        Throwable failure = catchThrowable(() -> pool.apply(call));
        WorkerTrace trace = traceOf(failure);
        assertThat(trace.pid()).hasValue(pid);
        assertThat(trace.worker()).get().asString().startsWith("ProcessPool-");
        assertThat(trace.certainty()).isEqualTo(certainty);
    }

    @Test
    void shouldTellWhereTheCallWasSubmittedWhenThePoolNotesThat() throws Exception {
        try (var pool = ProcessPool.builder().maxWorkers(1).submitSites(true).build()) {
            Throwable failure = catchThrowable(() -> pool.apply(() -> Integer.parseInt("seven")));
            assertThat(traceOf(failure).getStackTrace()[0].getMethodName()).contains("PoolNotesThat");
        }
    }

    @Test
    void shouldTellWhereAMapWasSubmitted() throws Exception {
        try (var pool = new ProcessPool(1)) {
            Throwable failure = catchThrowable(() -> pool.map(Integer::parseInt, List.of("1", "two")));
            assertThat(traceOf(failure).getStackTrace()[0].getMethodName()).contains("AMapWasSubmitted");
            ResultIterator<Integer> lazily = pool.imap(Integer::parseInt, List.of("1", "two"));
            assertThat(lazily.next()).isEqualTo(1);
            Throwable late = catchThrowable(lazily::next);
            assertThat(traceOf(late).getStackTrace()[0].getMethodName()).contains("AMapWasSubmitted");
        }
    }

    @Test
    void shouldTellWhereTheCallThrew() throws Exception {
        try (var pool = new ProcessPool(1)) {
            long pid = pool.apply(WorkerTraceTest::pid);
            Throwable failure = catchThrowable(() -> pool.apply(() -> Integer.parseInt("seven")));
            assertThat(failure).isInstanceOf(NumberFormatException.class);
            WorkerTrace trace = traceOf(failure);
            assertThat(trace.certainty()).isEqualTo(Certainty.THREW);
            assertThat(trace.getStackTrace()).isEmpty();
            assertThat(trace.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.number()).isEqualTo(1);
                assertThat(attempt.pid()).isEqualTo(pid);
                assertThat(attempt.failure()).isSameAs(failure);
                assertThat(attempt.failedAt()).isBeforeOrEqualTo(Instant.now());
            });
            assertThat(printed(failure))
                    .contains("Suppressed: offspring.multiprocessing.WorkerTrace: in worker "
                            + trace.worker().orElseThrow() + ", pid " + pid + "; the call ran until then");
        }
    }

    @Test
    void shouldTellWhereACallFailedWhoseExceptionCannotTravel() throws Exception {
        try (var pool = new ProcessPool(1)) {
            assertFailsIn(pool, Certainty.THREW, () -> {
                throw new Stubborn();
            });
        }
    }

    private static final class Stubborn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        private final Object stays = new Object();
    }

    @Test
    void shouldTellThatACallNeverStartedWhenItsArgumentCannotBeSentOrRestored() throws Exception {
        try (var pool = new ProcessPool(1)) {
            Object stays = new Object();
            Throwable unsent = catchThrowable(() -> pool.apply(stays::hashCode));
            assertThat(traceOf(unsent).certainty()).isEqualTo(Certainty.NEVER_STARTED);
            assertThat(traceOf(unsent).worker()).isEmpty();
            assertThat(traceOf(unsent).pid()).isEmpty();
            assertThat(traceOf(unsent)).hasMessage("in no worker; the call never started");
            var closed = new OnlyIn(pid());
            assertFailsIn(pool, Certainty.NEVER_STARTED, closed::hashCode);
        }
    }

    /** Comes back to life in one process only. */
    private record OnlyIn(long pid) implements Serializable {
        @Serial
        private Object writeReplace() {
            return new Form(pid);
        }

        private record Form(long pid) implements Serializable {
            @Serial
            private Object readResolve() throws InvalidObjectException {
                if (pid != WorkerTraceTest.pid()) {
                    throw new InvalidObjectException("not here");
                }
                return new OnlyIn(pid);
            }
        }
    }

    @Test
    void shouldTellThatTheResultIsLostWhenItCannotBeSentOrRestored() throws Exception {
        try (var pool = new ProcessPool(1)) {
            assertFailsIn(pool, Certainty.RESULT_LOST, Object::new);
            assertFailsIn(pool, Certainty.RESULT_LOST, () -> new OnlyIn(pid()));
        }
    }

    @Test
    void shouldTellHowFarACallHadComeWhenItsWorkerIsLost() throws Exception {
        try (var pool = new ProcessPool(1)) {
            assertFailsIn(pool, Certainty.MAY_HAVE_RUN, () -> {
                Runtime.getRuntime().halt(3);
                return null;
            });
        }
    }

    @Test
    void shouldTellThatACallRanUntilThereWasNoMoreMemory() throws Exception {
        try (var pool = ProcessPool.builder().maxWorkers(1).maxHeap("32m").build()) {
            assertFailsIn(pool, Certainty.THREW, () -> new long[1 << 27]);
        }
    }

    @Test
    void shouldTellWhereACallTookTooLong() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .taskTimeout(Duration.ofMillis(200))
                .build()) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        new CountDownLatch(1).await();
                        return null;
                    }))
                    .isInstanceOfSatisfying(TaskTimeoutException.class, late -> {
                        assertThat(traceOf(late).certainty()).isEqualTo(late.certainty());
                        assertThat(traceOf(late).worker()).hasValue(late.workerName());
                        assertThat(traceOf(late).pid()).hasValue(late.pid());
                    });
        }
    }

    @Test
    void shouldTellThatACallNeverStartedWhenThePoolIsBroken() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .initializer(() -> {
                    throw new IllegalStateException("no database");
                })
                .build()) {
            for (int i = 0; i < 2; i++) { // one that waited, and one that is refused
                assertThatThrownBy(() -> pool.apply(WorkerTraceTest::pid))
                        .isInstanceOf(BrokenExecutorException.class)
                        .satisfies(broken ->
                                assertThat(traceOf(broken).certainty()).isEqualTo(Certainty.NEVER_STARTED));
            }
        }
    }

    @Test
    void shouldBeSeenThroughTheWrappersOfFutures() throws Exception {
        try (var executor = new ProcessPoolExecutor(1)) {
            var future = executor.submit(() -> Integer.parseInt("seven"));
            assertThatThrownBy(
                            () -> future.get(Deadlines.PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .satisfies(wrapper -> assertThat(tracesOn(wrapper)).isEmpty())
                    .satisfies(wrapper -> assertThat(traceOf(wrapper)).isSameAs(traceOf(wrapper.getCause())))
                    .satisfies(wrapper -> assertThat(traceOf(new CompletionException(wrapper)))
                            .isSameAs(traceOf(wrapper)))
                    .satisfies(wrapper -> assertThat(WorkerTrace.of(new RuntimeException(wrapper)))
                            .isNull());
        }
    }

    @Test
    void shouldBeHungOnAnExceptionOnceWhenManyCallsFailWithTheSameObject() throws Exception {
        try (var pool = new ProcessPool(2)) {
            List<Outcome<Object>> outcomes = pool.mapOutcomes(
                    x -> {
                        throw OneForAll.INSTANCE;
                    },
                    List.of(1, 2, 3, 4, 5, 6, 7, 8));
            for (Outcome<Object> outcome : outcomes) {
                assertThat(outcome.failure()).isSameAs(OneForAll.INSTANCE);
            }
            assertThat(tracesOn(OneForAll.INSTANCE)).hasSize(1);
        }
    }

    private static final class OneForAll extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final OneForAll INSTANCE = new OneForAll();

        @Serial
        private Object readResolve() {
            return INSTANCE;
        }
    }

    @Test
    void shouldLeaveAnExceptionAloneThatSuppressesNothing() throws Exception {
        try (var pool = new ProcessPool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new Unaware();
                    }))
                    .isInstanceOf(Unaware.class)
                    .satisfies(unaware -> assertThat(WorkerTrace.of(unaware)).isNull());
        }
    }

    private static final class Unaware extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unaware() {
            super("unaware", null, false, true);
        }
    }

    @Test
    void shouldTellOfEachPoolThatAFailureCameThrough() throws Exception {
        try (var pool = new ProcessPool(1)) {
            long outer = pool.apply(WorkerTraceTest::pid);
            Throwable failure = catchThrowable(() -> pool.apply(() -> {
                try (var inner = new ProcessPool(1)) {
                    return inner.apply(() -> Integer.parseInt("seven"));
                }
            }));
            assertThat(tracesOn(failure)).hasSize(2);
            assertThat(tracesOn(failure).get(0).pid().getAsLong()).isNotEqualTo(outer);
            assertThat(traceOf(failure)).isSameAs(tracesOn(failure).get(1));
            assertThat(traceOf(failure).pid()).hasValue(outer);
        }
    }

    @Test
    void shouldSurviveSerializationWithTheExceptionThatItHangsOn() throws Exception {
        var failure = new IllegalStateException("twice");
        var first = new Attempt(1, "w-1", 11, Certainty.MAY_HAVE_RUN, Instant.now(), new RuntimeException("once"));
        var last = new Attempt(2, "w-2", 12, Certainty.THREW, Instant.now(), failure);
        assertThat(WorkerTrace.attach(List.of(first, last), null)).isSameAs(failure);
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Throwable copy = (Throwable) in.readObject();
            WorkerTrace trace = traceOf(copy);
            assertThat(trace.attempts()).extracting(Attempt::worker).containsExactly("w-1", "w-2");
            assertThat(trace.attempts().get(1).failure()).isSameAs(copy);
            assertThat(printed(copy))
                    .contains("in worker w-2, pid 12; the call ran until then; this was attempt 2, after")
                    .contains("1. in worker w-1, pid 11; the call may have run: java.lang.RuntimeException");
        }
    }
}
