package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import offspring.core.function.CheckedSupplier;
import offspring.futures.AsyncResult;
import offspring.futures.Future;
import offspring.futures.contract.Tasks;
import offspring.testkit.ChildJava;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cases of CPython's suite about pools of processes that are not about every pool, nor about deaths. */
@Timeout(60)
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class PoolLivesTest {

    @Test
    @FromCPython("_test_multiprocessing._TestPoolWorkerLifetime.test_pool_worker_lifetime_early_close")
    void shouldDoAllWhenClosedThoughItsWorkersServeOneCallEach() throws Exception {
        var pool = ProcessPool.builder().maxWorkers(3).maxTasksPerChild(1).build();
        List<AsyncResult<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            results.add(pool.applyAsync(PoolLivesTest::slowSquare, i));
        }
        pool.close();
        for (int i = 0; i < 6; i++) {
            assertThat(results.get(i).ready()).isTrue();
            assertThat(results.get(i).get()).isEqualTo(i * i);
        }
    }

    private static int slowSquare(int x) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 50_000_000) {
            Thread.onSpinWait();
        }
        return x * x;
    }

    @Test
    @FromCPython("_test_multiprocessing.TestInitializers.test_pool_initializer")
    void shouldInitializeItsOnlyWorkerOnce() throws Exception {
        try (var calls = Value.ofInt(0)) {
            var pool = ProcessPool.builder()
                    .maxWorkers(1)
                    .initializer(() -> calls.addAndGet(1))
                    .build();
            pool.apply(() -> 1); // a pool that is closed at once need not have begun
            pool.close();
            assertThat(calls.get()).isEqualTo(1);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestStdinBadfiledescriptor.test_pool_in_process")
    void shouldServeAProcessThatIsAChildItself() throws Exception {
        assertThat(Kin.run(() -> {
                    try (var pool = new ProcessPool(4)) {
                        assertThat(pool.map(Tasks::square, List.of(1, 2, 3, 4, 5, 6, 7)))
                                .containsExactly(1, 4, 9, 16, 25, 36, 49);
                    }
                }))
                .isZero();
    }

    /** Cannot be written. */
    private static final class Unwritable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("not to be written");
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_map_unplicklable")
    void shouldFailAMapWhoseItemsCannotBeSent() throws Exception {
        try (var pool = new ProcessPool(2)) {
            List<Unwritable> items =
                    IntStream.range(0, 10).mapToObj(i -> new Unwritable()).toList();
            assertThatThrownBy(() -> pool.mapAsync(Object::hashCode, items).get(PATIENCE))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(NotSerializableException.class)
                    .hasRootCauseMessage("not to be written");
            assertThat(pool.apply(Tasks::square, 3)).isEqualTo(9);
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestPool.test_traceback",
        "test_process_pool.ProcessPoolExecutorTest.test_traceback"
    })
    void shouldShowWhereInTheWorkerItWasThrown() throws Exception {
        try (var pool = new ProcessPool(1);
                var executor = new ProcessPoolExecutor(1)) {
            Future<Integer> future = executor.submit(() -> deepInTheWorker());
            for (CheckedSupplier<Integer> call :
                    List.<CheckedSupplier<Integer>>of(() -> pool.apply(() -> deepInTheWorker()), future::result)) {
                assertThatThrownBy(call::getChecked)
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("123")
                        .satisfies(thrown -> assertThat(printed(thrown)).contains("PoolLivesTest.deepInTheWorker"));
            }
            assertThatThrownBy(() -> pool.map(Tasks::square, Tasks.failingInput(1, 0), 1))
                    .hasMessage("Somebody said when")
                    .satisfies(thrown -> assertThat(printed(thrown))
                            .contains("Tasks")
                            .doesNotContain("WorkerMain")
                            .doesNotContain("Caused by"));
        }
    }

    private static int deepInTheWorker() {
        throw new IllegalStateException("123");
    }

    private static String printed(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    @FromCPython(
            "_test_multiprocessing._TestPoolWorkerLifetime.test_worker_finalization_via_atexit_handler_of_multiprocessing")
    void shouldLetAProgramEndThatNeverClosesItsPool() {
        ChildJava.Result result = ChildJava.run(LeavesItsPoolOpen.class);
        assertThat(result.out()).isEqualTo("[0, 1, 4]\n");
        assertThat(result.exitCode()).isZero();
    }

    /** Ends main while its pool is open. */
    static final class LeavesItsPoolOpen {

        private static ProcessPool kept;

        private LeavesItsPoolOpen() {}

        public static void main(String[] args) throws InterruptedException {
            kept = new ProcessPool(1);
            System.out.println(kept.map(Tasks::square, List.of(0, 1, 2)));
        }
    }
}
