package offspring.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import offspring.futures.contract.Tasks;
import offspring.testkit.ChildJava;
import offspring.threading.ThreadPoolExecutor;
import offspring.threading.children.UsesParallel;
import org.junit.jupiter.api.Test;

class ParallelTest {

    interface Shop {
        int price(String article) throws IOException;

        List<String> articles();

        CompletableFuture<String> order(String article);
    }

    private static final class SlowShop implements Shop {

        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public int price(String article) throws IOException {
            if (article.isEmpty()) {
                throw new IOException("no such article");
            }
            return article.length();
        }

        @Override
        public List<String> articles() {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of("apple");
        }

        @Override
        public CompletableFuture<String> order(String article) {
            return CompletableFuture.completedFuture(
                    article + " by " + Thread.currentThread().getName());
        }
    }

    @Test
    void shouldReturnAtOnceFromAParallelFunction() throws Exception {
        var gate = new CountDownLatch(1);
        try (var executor = new ThreadPoolExecutor(2)) {
            var square = Parallel.<Integer, Integer>parallel(
                    x -> {
                        gate.await();
                        return x * x;
                    },
                    executor);
            Future<Integer> result = square.apply(5);
            assertThat(result.done()).isFalse();
            gate.countDown();
            assertThat(result.result()).isEqualTo(25);
            assertThat(Parallel.<Integer, Integer, Integer>parallel(Tasks::multiply, executor)
                            .apply(6, 7)
                            .result())
                    .isEqualTo(42);
        }
    }

    @Test
    void shouldRunTheMethodsOfAnObjectElsewhere() throws Exception {
        try (var executor = new ThreadPoolExecutor(2)) {
            var there = new SlowShop();
            Shop here = Parallel.parallel(Shop.class, there, executor);
            assertThat(here.price("apple")).isEqualTo(5);
            assertThatThrownBy(() -> here.price(""))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no such article");
            assertThat(here.order("apple").get()).startsWith("apple by ThreadPoolExecutor-");
            List<String> articles = here.articles();
            there.open.countDown();
            assertThat(articles.size()).isEqualTo(1);
            assertThat(articles.get(0)).isEqualTo("apple");
            assertThatIllegalArgumentException().isThrownBy(() -> Parallel.parallel(String.class, "", executor));
        }
    }

    @Test
    void shouldSpreadALoop() throws Exception {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        List<Integer> items = IntStream.range(0, 1000).boxed().toList();
        try (var executor = new ThreadPoolExecutor(3)) {
            Parallel.forEach(items, seen::add, executor);
            assertThat(seen).hasSize(1000);
            assertThatThrownBy(() -> Parallel.forEach(
                            List.of(1, 2, 3, 4),
                            x -> {
                                if (x % 2 == 0) {
                                    throw new IllegalStateException("even " + x);
                                }
                            },
                            executor))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("even 2")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getMessage)
                            .isEqualTo("even 4"));
            assertThatThrownBy(() -> Parallel.forEach(List.of(1), Tasks::failChecked, executor))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldRunOnThreadsWhenNothingBetterIsInstalled() {
        ChildJava.Result result = ChildJava.run(UsesParallel.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("true Parallel_0\n[1, 2, 3]\n");
        assertThat(result.exitCode()).isZero();
    }
}
