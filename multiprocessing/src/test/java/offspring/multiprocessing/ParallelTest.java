package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Parallel;
import offspring.threading.ThreadPoolExecutor;
import offspring.threading.Threading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@link Parallel} where this module is there, and the caller names no executor. What it does on executors of either kind is told by its
 * other test, in the module of threads.
 */
@ExtendWith(FamilyCheck.class)
@Timeout(120)
class ParallelTest {

    static long pid() {
        return ProcessHandle.current().pid();
    }

    /** A program that uses all of it. Its default executor lives as long as it does. */
    static final class UsesParallel {

        /** Also made in each worker, when that decodes its first call; there it must start no worker. */
        private static final Function<Integer, Future<Long>> PLACE = Parallel.parallel(x -> pid());

        /** Something that can travel. */
        interface Shop {
            long place();

            List<String> articles();

            CompletableFuture<String> order(String article);
        }

        /** Its one implementation. */
        record Remote(String name) implements Shop, Serializable {

            private static final long serialVersionUID = 1L;

            @Override
            public long place() {
                return pid();
            }

            @Override
            public List<String> articles() {
                return List.of("apple");
            }

            @Override
            public CompletableFuture<String> order(String article) {
                return CompletableFuture.completedFuture(article + " of " + name);
            }
        }

        public static void main(String[] args) throws Exception {
            long here = pid();
            System.out.println("function " + (PLACE.apply(1).result() != here));
            System.out.println("of two "
                    + Parallel.<Integer, Integer, Integer>parallel((x, y) -> x * y)
                            .apply(6, 7)
                            .result());

            Shop shop = Parallel.parallel(Shop.class, new Remote("the shop"));
            System.out.println("object " + (shop.place() != here) + " " + shop.articles() + " "
                    + shop.order("pear").get());

            LongArray places = Array.ofLong(3);
            Parallel.forEach(List.of(0, 1, 2), i -> places.set(i, pid()));
            for (int i = 0; i < 3; i++) {
                System.out.println("loop " + i + " " + (places.get(i) != 0 && places.get(i) != here));
            }

            Object fixed = new Object();
            Throwable refused = Parallel.<Integer, String>parallel(x -> x + fixed.toString())
                    .apply(1)
                    .exception();
            System.out.println("refused " + (refused instanceof NotSerializableException));

            Function<Integer, Future<Boolean>> nested =
                    Parallel.parallel(x -> PLACE.apply(x).result() == pid());
            System.out.println(
                    "nested on threads of the worker " + nested.apply(1).result());

            try (Executor threads = new ThreadPoolExecutor(1)) {
                System.out.println("chosen "
                        + (Parallel.<Integer, Long>parallel(x -> pid(), threads)
                                        .apply(1)
                                        .result()
                                == here));
            }
        }
    }

    @Test
    void shouldRunInOtherProcessesWhenNoExecutorIsNamed() throws Exception {
        try (Program program = Program.start(UsesParallel.class)) {
            assertThat(program.join()).as(program.err()).isZero();
            assertThat(program.out())
                    .containsExactly(
                            "function true",
                            "of two 42",
                            "object true [apple] pear of the shop",
                            "loop 0 true",
                            "loop 1 true",
                            "loop 2 true",
                            "refused true",
                            "nested on threads of the worker true",
                            "chosen true");
            assertThat(program.err()).isEmpty();
        }
    }

    /** A program whose main method ends before its calls, the last of which is made by a thread that has outlived it. */
    static final class EndsEarly {
        public static void main(String[] args) {
            Function<String, Future<Integer>> print = Parallel.parallel(text -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // long after the end of main
                System.out.println(text);
                return text.length();
            });
            print.apply("first");
            new Thread(() -> {
                        try {
                            Threading.mainThread().join();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        print.apply("second").addDoneCallback(done -> System.out.println("second is done"));
                    })
                    .start();
        }
    }

    @Test
    void shouldFinishCallsThatNobodyWaitsForBeforeTheProgramEnds() throws Exception {
        try (Program program = Program.start(EndsEarly.class)) {
            assertThat(program.join()).as(program.err()).isZero();
            assertThat(program.out()).containsExactlyInAnyOrder("first", "second", "second is done");
            assertThat(program.err()).isEmpty();
        }
    }
}
