package offspring.examples.life;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Event;
import offspring.core.Semaphore;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ten thousand threads wait for one event. Virtual threads that wait need a little heap and no thread of the system. */
@Command(
        name = "many-threads",
        description = "10000 virtual threads wait for one event; fewer of the system's on old JVMs.")
final class ManyThreads extends Example {

    private static final int FIRST_WITH_VIRTUAL = 21;
    private static final int MOST_OF_THE_SYSTEM = 200;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads: 10000 if not given.")
    private int wanted = 10_000;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        inRange("--threads", wanted, 1, 1_000_000);
        boolean virtual = Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
        int count = virtual ? wanted : Math.min(wanted, MOST_OF_THE_SYSTEM);
        if (!virtual) {
            out.println("Java " + Runtime.version().feature() + " has no virtual threads; here are " + count
                    + " of the system. Java 21 or newer shows more");
        }
        Event go = new Event();
        Semaphore waiting = new Semaphore(0);
        AtomicInteger woken = new AtomicInteger();
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = Thread.builder()
                    .virtual(virtual)
                    .target(() -> {
                        waiting.release();
                        go.await();
                        woken.incrementAndGet();
                    })
                    .build();
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i < count; i++) {
            waiting.acquire();
        }
        int more = Math.max(0, ManagementFactory.getThreadMXBean().getThreadCount() - before);
        out.println(count + " threads wait; for them the system has " + more + " threads more than before");
        go.set();
        for (Thread thread : threads) {
            thread.join();
        }
        out.println(woken.get() + " threads were woken, and have ended");
    }
}
