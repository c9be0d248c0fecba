package offspring.threading.children;

import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import offspring.core.Thread;
import offspring.threading.Threading;

/** Forty daemons work for ever; the program ends when each has done something. */
public final class LeavesDaemonsRunning {

    private static final int COUNT = 40;

    private LeavesDaemonsRunning() {}

    public static void main(String[] args) {
        Set<Thread> haveRun = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < COUNT; i++) {
            Thread.builder()
                    .daemon(true)
                    .target(() -> {
                        while (true) {
                            OutputStream.nullOutputStream().write(1);
                            haveRun.add(Threading.currentThread());
                            java.lang.Thread.yield();
                        }
                    })
                    .build()
                    .start();
        }
        while (haveRun.size() < COUNT) {
            java.lang.Thread.onSpinWait();
        }
        System.out.println("OK");
    }
}
