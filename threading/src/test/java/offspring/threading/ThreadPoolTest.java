package offspring.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import offspring.futures.AsyncResult;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Pool;
import offspring.futures.contract.PoolContract;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ThreadPoolTest extends PoolContract {

    @Override
    protected Pool newPool(int workers) {
        return new ThreadPool(workers);
    }

    @Test
    void shouldNeverHaveMoreThreadsThanAllowed() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (var pool = new ThreadPool(3)) {
            pool.map(
                    x -> names.add(java.lang.Thread.currentThread().getName()),
                    IntStream.range(0, 500).boxed().toList(),
                    1);
            assertThat(names).hasSizeBetween(1, 3).allMatch(name -> name.matches("ThreadPool-\\d+_[0-2]"));
            assertThat(pool.statistics().workers()).isBetween(1, 3);
            Deadlines.eventually("all is counted", () -> pool.statistics().finished() == 500);
            assertThat(Threading.enumerate()).anyMatch(thread -> names.contains(thread.name()));
        }
        assertThat(Threading.enumerate()).noneMatch(thread -> names.contains(thread.name()));
    }

    @Test
    void shouldBreakWithTheCauseWhenItsInitializerFails() {
        var cause = new IllegalArgumentException("no database");
        try (var pool = ThreadPool.builder()
                .threads(2)
                .initializer(() -> {
                    throw cause;
                })
                .build()) {
            AsyncResult<Integer> result = pool.applyAsync(() -> 1);
            assertThatThrownBy(result::get)
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasCause(cause);
            assertThatThrownBy(() -> pool.apply(() -> 1))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasRootCause(cause);
        }
    }

    @Test
    void shouldInitializeEachThreadOnce() throws Exception {
        Set<String> initialized = ConcurrentHashMap.newKeySet();
        Set<String> used = ConcurrentHashMap.newKeySet();
        try (var pool = ThreadPool.builder()
                .threads(2)
                .initializer(() -> assertThat(
                                initialized.add(java.lang.Thread.currentThread().getName()))
                        .isTrue())
                .build()) {
            pool.map(x -> used.add(java.lang.Thread.currentThread().getName()), List.of(1, 2, 3, 4, 5), 1);
        }
        assertThat(initialized).containsAll(used);
    }

    @Test
    void shouldLendTheCallersDiagnosticContextToItsTasks() throws Exception {
        try (var pool = new ThreadPool(1)) {
            MDC.put("request", "42");
            assertThat(pool.apply(() -> {
                        String seen = MDC.get("request");
                        MDC.put("left", "behind");
                        return seen;
                    }))
                    .isEqualTo("42");
            MDC.clear();
            assertThat(pool.apply(() -> MDC.get("request") + MDC.get("left"))).isEqualTo("nullnull");
        }
    }

    @Test
    void shouldRefuseToBeClosedByItsOwnTask() {
        try (var pool = new ThreadPool(1)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.apply(() -> {
                        pool.close(Deadlines.PATIENCE);
                        return 1;
                    }))
                    .withMessageContaining("its own pool");
        }
    }

    @Test
    void shouldInterruptOnlyTheTaskThatWasCancelled() throws Exception {
        try (var pool = new ThreadPool(1)) {
            for (int i = 0; i < 200; i++) {
                var begun = new CountDownLatch(1);
                AsyncResult<Object> victim = pool.applyAsync(() -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return null;
                });
                AsyncResult<Boolean> next =
                        pool.applyAsync(() -> java.lang.Thread.currentThread().isInterrupted());
                begun.await();
                assertThat(victim.toFuture().cancel()).isFalse();
                assertThat(victim.toFuture().cancel(true)).isTrue();
                assertThat(next.get()).isFalse();
            }
        }
    }
}
