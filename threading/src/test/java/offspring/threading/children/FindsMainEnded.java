package offspring.threading.children;

import java.util.concurrent.TimeUnit;
import offspring.core.Thread;
import offspring.threading.Threading;

/** The main thread is asked for only when it is gone. */
public final class FindsMainEnded {

    private FindsMainEnded() {}

    public static void main(String[] args) {
        java.lang.Thread below = java.lang.Thread.currentThread();
        new java.lang.Thread(() -> {
                    try {
                        below.join(TimeUnit.SECONDS.toMillis(10));
                        Thread main = Threading.mainThread();
                        main.join();
                        System.out.println(main + " alive: " + main.isAlive() + " first: "
                                + (Threading.enumerate().get(0) == main));
                    } catch (InterruptedException e) {
                        System.out.println(e);
                    }
                })
                .start();
    }
}
