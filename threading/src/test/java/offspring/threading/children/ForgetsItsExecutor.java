package offspring.threading.children;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offspring.futures.Executor;
import offspring.futures.Parallel;
import offspring.threading.ThreadPoolExecutor;
import offspring.threading.Threading;

/** Ends main while a call of an executor that nobody shuts down still runs, and uses the default executor of Parallel. */
public final class ForgetsItsExecutor {

    private static final Executor KEPT = new ThreadPoolExecutor(5);

    private ForgetsItsExecutor() {}

    public static void main(String[] args) {
        KEPT.submit(() -> {
            while (Threading.mainThread().isAlive()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            System.out.println("apple");
            var square = Parallel.<Integer, Integer>parallel(x -> x * x);
            System.out.println(square.apply(7).result());
        });
    }
}
