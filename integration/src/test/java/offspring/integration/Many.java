package offspring.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.Queue;

/** A program with many children, which all live at the same time: each answers, and waits until it is interrupted. */
final class Many {

    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /** So many answer by a line; then comes one that answers through a queue, which takes it twice as long. */
    private static final int ONE_SHARES_OF = 10;

    private Many() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        var lines = new LinkedBlockingQueue<Integer>();
        ProcessOptions small = ProcessOptions.builder()
                .maxHeap("16m")
                .jvmArgs("-Xss256k", "-XX:TieredStopAtLevel=1", "-XX:CICompilerCount=1")
                .outputLines(line -> lines.add(Integer.valueOf(line)))
                .build();
        long start = System.nanoTime();
        try (Queue<Integer> queue = new Queue<>()) {
            List<Process> children = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                CheckedRunnable work = i % ONE_SHARES_OF == 0 ? () -> share(number, queue) : () -> print(number);
                Process child = Process.builder().target(work).options(small).build();
                child.start();
                children.add(child);
            }
            Set<Integer> answered = new HashSet<>();
            for (int i = 0; i < count; i++) {
                answered.add(
                        i % ONE_SHARES_OF == 0
                                ? queue.get(PATIENCE)
                                : lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            System.out.println("answers: " + answered.size());
            System.out.println("alive: " + Multiprocessing.activeChildren().size());
            System.out.println("all there after " + millisSince(start) + " ms");
            System.out.println("memory of a child: " + memory(children) / count + " KiB");
            long end = System.nanoTime();
            children.forEach(Process::interrupt);
            Set<Integer> codes = new TreeSet<>();
            for (Process child : children) {
                child.join();
                codes.add(child.exitcode().getAsInt());
            }
            System.out.println("exit codes: " + codes);
            System.out.println("all ended after " + millisSince(end) + " ms more");
        }
    }

    private static void print(int number) {
        System.out.println(number);
        awaitInterrupt();
    }

    private static void share(int number, Queue<Integer> queue) throws InterruptedException {
        queue.put(number);
        awaitInterrupt();
    }

    private static void awaitInterrupt() {
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** What they take of memory, what is shared divided by those who share it; in KiB, where the system tells it. */
    private static long memory(List<Process> children) throws IOException {
        long sum = 0;
        for (Process child : children) {
            Path file = Path.of("/proc/" + child.pid().getAsLong() + "/smaps_rollup");
            if (Files.isReadable(file)) {
                for (String line : Files.readAllLines(file)) {
                    sum += line.startsWith("Pss:") ? Long.parseLong(line.replaceAll("[^0-9]", "")) : 0;
                }
            }
        }
        return sum;
    }
}
