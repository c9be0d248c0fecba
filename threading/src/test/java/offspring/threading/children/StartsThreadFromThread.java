package offspring.threading.children;

import offspring.core.Thread;
import offspring.threading.Threading;

/** The last thread is started by another one, after {@code main} has returned. */
public final class StartsThreadFromThread {

    private StartsThreadFromThread() {}

    public static void main(String[] args) {
        new Thread(() -> {
                    Threading.mainThread().join();
                    new Thread(() -> System.out.println("OK")).start();
                })
                .start();
    }
}
