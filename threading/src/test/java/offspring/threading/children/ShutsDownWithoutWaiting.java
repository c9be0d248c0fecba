package offspring.threading.children;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offspring.threading.ThreadPoolExecutor;
import offspring.threading.Threading;

/** Ends main while a call runs, of an executor that was shut down without waiting for it. */
public final class ShutsDownWithoutWaiting {

    private ShutsDownWithoutWaiting() {}

    public static void main(String[] args) throws InterruptedException {
        var executor = new ThreadPoolExecutor(3);
        executor.submit(() -> {
            while (Threading.mainThread().isAlive()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            System.out.println("apple");
        });
        executor.shutdown(false, false);
    }
}
