package offspring.threading.children;

import offspring.core.Thread;
import offspring.threading.Threading;

/** {@code main} returns while a thread waits for its end. */
public final class EndsMainBeforeItsThread {

    private EndsMainBeforeItsThread() {}

    public static void main(String[] args) {
        Thread main = Threading.currentThread();
        new Thread(() -> {
                    main.join();
                    System.out.println("end of thread; main is alive: " + main.isAlive());
                    System.out.println("still listed: " + Threading.enumerate().contains(main));
                })
                .start();
        System.out.println("end of main");
    }
}
