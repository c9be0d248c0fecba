package offspring.examples.locks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Barrier;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A {@code Barrier}: nobody begins a round before everybody has ended the one before. */
@Command(name = "barrier", description = "Hikers wait for each other at every hut.")
final class BarrierRun extends Example {

    @Option(names = "--hikers", paramLabel = "N", description = "How many walk: ${DEFAULT-VALUE} if not given.")
    private int hikers = 3;

    @Option(names = "--huts", paramLabel = "N", description = "How far they walk: ${DEFAULT-VALUE} if not given.")
    private int huts = 2;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int count = inRange("--hikers", hikers, 1, 100);
        int far = inRange("--huts", huts, 1, 1_000);
        AtomicInteger hut = new AtomicInteger(1);
        Barrier barrier = new Barrier(count, () -> out.println("all are at hut " + hut.getAndIncrement()));
        List<Thread> group = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = "hiker " + i;
            Thread hiker = new Thread(
                    () -> {
                        for (int at = 1; at <= far; at++) {
                            out.println(name + " arrives at hut " + at);
                            barrier.await();
                        }
                    },
                    name);
            group.add(hiker);
            hiker.start();
        }
        for (Thread hiker : group) {
            hiker.join();
        }
    }
}
