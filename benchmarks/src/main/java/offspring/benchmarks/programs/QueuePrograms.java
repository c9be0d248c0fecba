package offspring.benchmarks.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import offspring.queue.Queue;

/**
 * Items through a queue.
 *
 * <pre>
 *   one to one    P ──► queue ──► C          two to two    P ──┐         ┌──► C
 *                                                          P ──┴► queue ─┴──► C
 * </pre>
 *
 * <p>An operation is one item put and taken. Producers and consumers share the items evenly; the time ends when the last
 * one has ended. The threads are the JDK's for us and for the rival.
 */
public final class QueuePrograms {

    private QueuePrograms() {}

    /** Our queue; a capacity of zero is no bound. */
    public static Program queue(int pairs, int capacity) {
        Queue<Integer> queue = new Queue<>(capacity);
        return operations -> Flow.through(pairs, operations, queue::put, queue::get);
    }

    /** The JDK's array queue. */
    public static Program arrayBlockingQueue(int pairs, int capacity) {
        ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(capacity);
        return operations -> Flow.through(pairs, operations, queue::put, queue::take);
    }

    /** The JDK's linked queue; a capacity of zero is no bound. */
    public static Program linkedBlockingQueue(int pairs, int capacity) {
        LinkedBlockingQueue<Integer> queue =
                capacity == 0 ? new LinkedBlockingQueue<>() : new LinkedBlockingQueue<>(capacity);
        return operations -> Flow.through(pairs, operations, queue::put, queue::take);
    }

    /** Producers and consumers around whatever queue. One JVM sees one kind of queue, so the calls are inlined. */
    private static final class Flow {

        /** Ready-made items, so that no time goes into boxing; more than 127, as the JDK's own cache would be unfair. */
        private static final Integer[] ITEMS = items();

        private Flow() {}

        static long through(int pairs, long operations, Put put, Take take) throws Exception {
            List<FutureTask<Long>> tasks = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                long share = operations / pairs + (i < operations % pairs ? 1 : 0);
                tasks.add(new FutureTask<>(() -> produce(share, put)));
                tasks.add(new FutureTask<>(() -> consume(share, take)));
            }
            long start = System.nanoTime();
            for (int i = 0; i < tasks.size(); i++) {
                new Thread(tasks.get(i), "flow-" + i).start();
            }
            for (FutureTask<Long> task : tasks) {
                task.get();
            }
            return System.nanoTime() - start;
        }

        private static long produce(long share, Put put) throws InterruptedException {
            for (long i = 0; i < share; i++) {
                put.put(ITEMS[(int) i & (ITEMS.length - 1)]);
            }
            return share;
        }

        private static long consume(long share, Take take) throws InterruptedException {
            long sum = 0;
            for (long i = 0; i < share; i++) {
                sum += take.take();
            }
            return sum;
        }

        private static Integer[] items() {
            Integer[] items = new Integer[1024];
            for (int i = 0; i < items.length; i++) {
                items[i] = 1_000_000 + i;
            }
            return items;
        }
    }

    /** The put of a queue. */
    private interface Put {
        void put(Integer item) throws InterruptedException;
    }

    /** The take of a queue. */
    private interface Take {
        Integer take() throws InterruptedException;
    }
}
