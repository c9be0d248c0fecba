package offspring.multiprocessing.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.WorkerStarts;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.Certainty;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class PoolEngineTest {

    private PoolEngine engine;

    @AfterEach
    void endThePool() throws InterruptedException {
        if (engine != null) {
            engine.terminate();
            assertThat(engine.awaitEnd(Deadlines.PATIENCE.toNanos()))
                    .as("the pool ends")
                    .isTrue();
        }
    }

    // ---- results

    @Test
    void shouldGiveEveryResultInOrderWhenTenThousandTinyCallsGoToTwoWorkers() throws Exception {
        open(2);
        List<Asked> calls =
                map(x -> (Integer) x * 2, IntStream.range(0, 10_000).boxed().toList());
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).value()).isEqualTo(2 * i);
        }
        assertThat(engine.facts().done()).isEqualTo(10_000);
        assertThat(engine.facts().workers()).hasSize(2);
    }

    @Test
    void shouldCarryLargeArgumentsAndResults() throws Exception {
        open(1);
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 7;
        List<Asked> calls = map(x -> x, List.of(large, "small", large));
        assertThat((byte[]) calls.get(0).value()).isEqualTo(large);
        assertThat(calls.get(1).value()).isEqualTo("small");
        assertThat((byte[]) calls.get(2).value()).isEqualTo(large);
    }

    @Test
    void shouldRunBothKindsOfCallsWhenTheResultIsNull() throws Exception {
        open(1);
        assertThat(ask(() -> null).value()).isNull();
        assertThat(map(x -> x, new ArrayList<>(java.util.Collections.singletonList(null)))
                        .get(0)
                        .value())
                .isNull();
    }

    @Test
    void shouldTakeBackWhatASlowCallHoldsUpWhenAnotherWorkerIsIdle() throws Exception {
        open(2);
        map(x -> x, IntStream.range(0, 2_000).boxed().toList()).forEach(PoolEngineTest::await);
        List<Integer> items = IntStream.range(0, 400).boxed().toList();
        List<Asked> calls = map(PoolEngineTest::sleepOnFirst, items);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(calls.get(i).value()).isEqualTo(i);
        }
        assertThat(calls.get(0).outcome).isNotDone();
    }

    private static Object sleepOnFirst(Object x) throws InterruptedException {
        if (x.equals(0)) {
            sleepForEver();
        }
        return x;
    }

    // ---- failures of calls

    @Test
    void shouldTellWhatWasThrownAndWhere() throws Exception {
        open(1);
        CallFailure failure = ask(() -> Integer.parseInt("seven")).failure();
        assertThat(failure).isInstanceOfSatisfying(CallFailure.Raised.class, raised -> {
            assertThat(raised.thrown().throwable()).isInstanceOf(NumberFormatException.class);
            assertThat(raised.thrown().facts().stackTrace()).contains("PoolEngineTest");
            assertThat(raised.pid()).isNotEqualTo(ProcessHandle.current().pid());
        });
    }

    @Test
    void shouldFailOnlyTheCallWhoseResultCannotBeSent() throws Exception {
        open(1);
        List<Asked> calls = map(x -> x.equals(1) ? new Thread() : x, List.of(0, 1, 2));
        assertThat(calls.get(0).value()).isEqualTo(0);
        assertThat(calls.get(1).failure()).isInstanceOfSatisfying(CallFailure.ResultNotSent.class, failure -> {
            assertThat(failure.certainty()).isEqualTo(Certainty.RESULT_LOST);
            assertThat(failure.thrown().facts().text()).contains("java.lang.Thread");
        });
        assertThat(calls.get(2).value()).isEqualTo(2);
    }

    @Test
    void shouldFailOnlyTheCallWhoseArgumentCannotBeSent() throws Exception {
        open(1);
        List<Asked> calls = map(x -> x, List.of(0, new Thread(), 2));
        assertThat(calls.get(0).value()).isEqualTo(0);
        assertThat(calls.get(1).failure())
                .isInstanceOfSatisfying(
                        CallFailure.NotSent.class,
                        failure -> assertThat(failure.cause()).isInstanceOf(NotSerializableException.class));
        assertThat(calls.get(2).value()).isEqualTo(2);
    }

    @Test
    void shouldFailOnlyTheCallThatCannotBeDecodedInTheWorker() throws Exception {
        open(1);
        List<Asked> calls = map(x -> x, List.of(0, new BadOnArrival(), 2));
        assertThat(calls.get(0).value()).isEqualTo(0);
        assertThat(calls.get(1).failure())
                .isInstanceOfSatisfying(
                        CallFailure.NotDecoded.class,
                        failure -> assertThat(failure.certainty()).isEqualTo(Certainty.NEVER_STARTED));
        assertThat(calls.get(2).value()).isEqualTo(2);
    }

    private static final class BadOnArrival implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new IllegalArgumentException("refused on arrival");
        }
    }

    @Test
    void shouldFailOnlyTheCallThatRunsOutOfMemory() throws Exception {
        open(1);
        List<Asked> calls = map(x -> x.equals(1) ? hog() : x, List.of(0, 1, 2));
        assertThat(calls.get(1).failure())
                .isInstanceOfSatisfying(
                        CallFailure.OutOfMemory.class,
                        failure -> assertThat(failure.thrown().throwable()).isInstanceOf(OutOfMemoryError.class));
        assertThat(calls.get(2).value()).isEqualTo(2);
        assertThat(calls.get(0).value()).isEqualTo(0);
    }

    private static Object hog() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    // ---- deaths

    @Test
    void shouldLoseOnlyTheCallThatRanWhenItsWorkerIsKilled() throws Exception {
        open(2);
        List<Asked> calls = map(
                x -> x.equals(500) ? killMyself() : x,
                IntStream.range(0, 1_000).boxed().toList());
        for (int i = 0; i < 1_000; i++) {
            if (i != 500) {
                assertThat(calls.get(i).value()).isEqualTo(i);
            }
        }
        assertThat(calls.get(500).failure()).isInstanceOfSatisfying(CallFailure.Lost.class, lost -> {
            assertThat(lost.certainty()).isEqualTo(Certainty.MAY_HAVE_RUN);
            assertThat(lost.facts().exitCode()).isEqualTo(-9);
            assertThat(lost.facts().lastLines()).contains("about to die");
            assertThat(lost.facts().text()).contains("signal 9");
        });
        assertThat(engine.facts().lost()).isEqualTo(1);
    }

    private static Object killMyself() throws Exception {
        System.err.println("about to die");
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        return sleepForEver();
    }

    @Test
    void shouldTellTheExitCodeWhenACallEndsItsWorker() throws Exception {
        open(1);
        Asked ends = ask(() -> {
            System.exit(7);
            return 0;
        });
        assertThat(ends.failure())
                .isInstanceOfSatisfying(
                        CallFailure.Lost.class,
                        lost -> assertThat(lost.facts().exitCode()).isEqualTo(7));
        assertThat(ask(() -> 1).value()).isEqualTo(1);
    }

    @Test
    void shouldReplaceAnIdleWorkerThatIsKilledAndLoseNothing() throws Exception {
        open(1);
        long first = (Long) ask(() -> ProcessHandle.current().pid()).value();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        Deadlines.eventually(
                "the dead worker is replaced",
                () -> engine.facts().workers().stream().anyMatch(worker -> worker.pid() != first));
        assertThat((Long) ask(() -> ProcessHandle.current().pid()).value()).isNotEqualTo(first);
        assertThat(engine.facts().lost()).isZero();
    }

    // ---- limits

    @Test
    void shouldEndAnEndlessLoopWhenItsTimeIsOver() throws Exception {
        open(1);
        Asked endless = ask(PoolEngineTest::loop, Duration.ofMillis(300).toNanos());
        assertThat(endless.failure()).isInstanceOfSatisfying(CallFailure.TimedOut.class, late -> {
            assertThat(late.endedBy()).isEqualTo(CallFailure.Step.TERMINATE);
            assertThat(late.threadDump()).contains("PoolEngineTest.loop");
            assertThat(late.limit()).isEqualTo(Duration.ofMillis(300));
        });
        assertThat(ask(() -> 1).value()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheWorkerWhenTheInterruptIsEnough() throws Exception {
        open(1);
        long pid = (Long) ask(() -> ProcessHandle.current().pid()).value();
        Asked sleeper = ask(PoolEngineTest::sleepForEver, Duration.ofMillis(200).toNanos());
        assertThat(sleeper.failure())
                .isInstanceOfSatisfying(
                        CallFailure.TimedOut.class,
                        late -> assertThat(late.endedBy()).isEqualTo(CallFailure.Step.INTERRUPT));
        assertThat((Long) ask(() -> ProcessHandle.current().pid()).value()).isEqualTo(pid);
    }

    @Test
    void shouldKillAWorkerThatIsStoppedWhenItsTimeIsOver() throws Exception {
        open(1);
        Asked stopped = ask(
                () -> {
                    new ProcessBuilder(
                                    "kill",
                                    "-STOP",
                                    Long.toString(ProcessHandle.current().pid()))
                            .start()
                            .waitFor();
                    return sleepForEver();
                },
                Duration.ofMillis(800).toNanos());
        assertThat(stopped.failure())
                .isInstanceOfSatisfying(
                        CallFailure.TimedOut.class,
                        late -> assertThat(late.endedBy()).isEqualTo(CallFailure.Step.KILL));
        assertThat(ask(() -> 1).value()).isEqualTo(1);
    }

    @Test
    void shouldStopARunningCallThatNobodyWants() throws Exception {
        open(1);
        Asked endless = ask(PoolEngineTest::loop);
        Deadlines.eventually("the call is sent", () -> endless.call.dispatches > 0);
        assertThat(engine.stop(call -> call == endless.call)).containsExactly(endless.call);
        assertThat(ask(() -> 1).value()).isEqualTo(1);
    }

    private static Object loop() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static Object sleepForEver() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    // ---- life

    @Test
    void shouldCancelEverythingWhenItIsTerminated() throws Exception {
        open(2);
        List<Asked> calls =
                map(x -> sleepForEver(), IntStream.range(0, 1_000).boxed().toList());
        Deadlines.eventually("two calls run", () -> engine.facts().running() == 2);
        engine.terminate();
        for (Asked call : calls) {
            await(call);
            assertThat(call.outcome).isCancelled();
        }
        assertThatThrownBy(() -> ask(() -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldDoEverythingBeforeItEndsWhenItIsClosed() throws Exception {
        open(2);
        List<Asked> calls = map(x -> x, IntStream.range(0, 500).boxed().toList());
        engine.close();
        assertThat(engine.awaitEnd(Deadlines.PATIENCE.toNanos())).isTrue();
        for (Asked call : calls) {
            assertThat(call.outcome).isDone();
        }
    }

    @Test
    void shouldReplaceAWorkerThatHasServedItsTime() throws Exception {
        engine = new PoolEngine(spec(1, 3, null));
        engine.startAll();
        List<Object> pids = new ArrayList<>();
        for (Asked call : map(
                x -> ProcessHandle.current().pid(),
                IntStream.range(0, 7).boxed().toList())) {
            pids.add(call.value());
        }
        assertThat(pids.stream().distinct()).hasSize(3);
        assertThat(pids.subList(0, 3).stream().distinct()).hasSize(1);
    }

    @Test
    void shouldBreakWithItsCauseWhenTheInitializerFails() throws Exception {
        engine = new PoolEngine(spec(2, 0, () -> {
            throw new IllegalStateException("no database");
        }));
        engine.startAll();
        Deadlines.eventually("the pool is broken", () -> engine.broken() != null);
        assertThat(ask(() -> 1).failure())
                .isInstanceOfSatisfying(
                        CallFailure.Broken.class,
                        broken -> assertThat(broken.cause()).hasMessage("no database"));
    }

    // ---- helpers

    private void open(int workers) throws Exception {
        engine = new PoolEngine(spec(workers, 0, null));
        engine.startAll();
    }

    private static PoolSpec spec(int workers, int maxCalls, CheckedRunnable initializer) {
        return new PoolSpec(
                "TestPool",
                workers,
                true,
                new PoolSpec.Wear(maxCalls, 0, 0),
                false,
                TimeUnit.MILLISECONDS.toNanos(400),
                initializer,
                null,
                Output.INHERIT,
                WorkerStarts.starter("-Xmx64m"));
    }

    private Asked ask(CheckedSupplier<Object> work) {
        return ask(work, 0);
    }

    private Asked ask(CheckedSupplier<Object> work, long timeoutNanos) {
        Asking call = new Asking(work, timeoutNanos);
        engine.submit(call);
        return call.items.get(0);
    }

    private List<Asked> map(CheckedFunction<Object, Object> function, List<?> items) {
        Asking call = new Asking(new Call.Shared(function), items);
        engine.submit(call);
        return call.items;
    }

    private static void await(Asked call) {
        Deadlines.eventually("the call has an outcome", call.outcome::isDone);
    }

    private static CheckedFunction<Object, Object> ignoring(CheckedSupplier<Object> work) {
        return nothing -> work.getChecked();
    }

    /** A call whose outcomes can be waited for. */
    private static final class Asking extends Call {

        final List<Asked> items = new ArrayList<>();
        volatile int dispatches;

        Asking(CheckedSupplier<Object> work, long timeoutNanos) {
            super(ignoring(work), new Pace(), timeoutNanos);
            items.add(new Asked(this, null));
        }

        Asking(Shared function, List<?> arguments) {
            super(function, arguments.size(), new Pace(), 0);
            arguments.forEach(argument -> items.add(new Asked(this, argument)));
        }

        @Override
        protected Object item(int index) {
            return items.get(index).argument;
        }

        @Override
        protected boolean dispatched(String worker) {
            dispatches++;
            return true;
        }

        @Override
        protected void succeeded(int index, Object value) {
            if (!items.get(index).outcome.complete(value)) {
                items.get(index).twice = true;
            }
        }

        @Override
        protected void failed(int index, CallFailure failure) {
            if (!items.get(index).outcome.completeExceptionally(new Failed(failure))) {
                items.get(index).twice = true;
            }
        }

        @Override
        protected void cancelled() {
            items.forEach(item -> item.outcome.cancel(false));
        }
    }

    /** One item and its outcome. */
    private static final class Asked {

        final Asking call;
        final Object argument;
        final CompletableFuture<Object> outcome = new CompletableFuture<>();
        volatile boolean twice;

        Asked(Asking call, Object argument) {
            this.call = call;
            this.argument = argument;
        }

        Object value() throws Exception {
            try {
                Object value = outcome.get(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                assertThat(twice).as("told twice").isFalse();
                return value;
            } catch (ExecutionException e) {
                throw new AssertionError("failed: " + e.getCause().getMessage(), e);
            }
        }

        CallFailure failure() throws Exception {
            try {
                throw new AssertionError(
                        "returned " + outcome.get(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                return ((Failed) e.getCause()).failure;
            }
        }
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient CallFailure failure;

        Failed(CallFailure failure) {
            super(failure.toString());
            this.failure = failure;
        }
    }
}
