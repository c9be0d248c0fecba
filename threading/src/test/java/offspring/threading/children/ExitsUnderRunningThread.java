package offspring.threading.children;

import offspring.core.Event;
import offspring.core.Thread;

/** {@code main} fails while a thread that is no daemon has work left. */
public final class ExitsUnderRunningThread {

    private ExitsUnderRunningThread() {}

    public static void main(String[] args) throws Exception {
        var mainFails = new Event();
        Thread main = offspring.threading.Threading.currentThread();
        new Thread(() -> {
                    mainFails.await();
                    main.join();
                    System.out.println("Woke up");
                })
                .start();
        mainFails.set();
        throw new IllegalArgumentException("main fails");
    }
}
