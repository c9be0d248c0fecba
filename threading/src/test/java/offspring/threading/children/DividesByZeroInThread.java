package offspring.threading.children;

import offspring.core.Event;
import offspring.core.Thread;

/** A thread fails with an exception that nobody catches. */
public final class DividesByZeroInThread {

    private DividesByZeroInThread() {}

    public static void main(String[] args) throws Exception {
        var running = new Event();
        var fail = new Event();
        var thread = new Thread(() -> {
            running.set();
            fail.await();
            System.out.println(1 / args.length);
        });
        thread.start();
        running.await();
        fail.set();
        thread.join();
    }
}
