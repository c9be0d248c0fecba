package offspring.benchmarks.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import offspring.core.function.CheckedConsumer;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.SimpleQueue;
import offspring.multiprocessing.connection.Connection;
import offspring.queue.MessageQueue;

/**
 * Ints through a queue between processes, without a bound.
 *
 * <pre>
 *   one to one   parent ── put ──► queue ── get ──► child      two to two   child ── put ──┐         ┌── get ──► child
 *                       ◄═════════ the count ══════                         child ── put ──┴► queue ─┴── get ──► child
 * </pre>
 *
 * <p>An operation is one item put and taken. One to one, the child waits at the queue all the time, and answers the last
 * item of a run with their number. Two to two, the parent tells each child its share and waits for all answers.
 */
public final class SharedQueuePrograms {

    /** What the child answers. */
    private static final Integer LAST = -1;

    /** What ends the child. */
    private static final Integer END = -2;

    private static final int PAIRS = 2;

    private SharedQueuePrograms() {}

    /** The queue with a feeder. */
    public static Program queue() throws Exception {
        Queue<Integer> queue = new Queue<>();
        return new OneToOne(queue, parent -> countItems(queue, parent));
    }

    /** The queue without a feeder. */
    public static Program simpleQueue() throws Exception {
        SimpleQueue<Integer> queue = new SimpleQueue<>();
        return new OneToOne(queue, parent -> countItems(queue, parent));
    }

    /** The queue that counts what is done. */
    public static Program joinableQueue() throws Exception {
        JoinableQueue<Integer> queue = new JoinableQueue<>();
        return new OneToOne(queue, parent -> countTasks(queue, parent));
    }

    /** The queue with a feeder between four children. */
    public static Program queueTwoToTwo() throws Exception {
        return new TwoToTwo(new Queue<>());
    }

    /** The parent puts, the child gets. */
    private static final class OneToOne extends WithChild {

        private final MessageQueue<Integer> queue;

        OneToOne(MessageQueue<Integer> queue, CheckedConsumer<Connection> service) throws Exception {
            super(service);
            this.queue = queue;
        }

        @Override
        void work(Connection child, long operations) throws Exception {
            for (long i = 1; i < operations; i++) {
                queue.put((int) i & Integer.MAX_VALUE);
            }
            queue.put(LAST);
            long count = Objects.requireNonNull(child.recv(Long.class));
            if (count != operations) {
                throw new IllegalStateException(operations + " items put, " + count + " got");
            }
        }

        @Override
        void sayGoodbye() {
            queue.putNowait(END);
        }
    }

    static void countItems(MessageQueue<Integer> queue, Connection parent) throws Exception {
        long count = 0;
        while (true) {
            int item = queue.get();
            count++;
            if (item < 0) {
                if (item == END) {
                    return;
                }
                parent.send(count);
                count = 0;
            }
        }
    }

    static void countTasks(JoinableQueue<Integer> queue, Connection parent) throws Exception {
        long count = 0;
        while (true) {
            int item = queue.get();
            queue.taskDone();
            count++;
            if (item < 0) {
                if (item == END) {
                    return;
                }
                parent.send(count);
                count = 0;
            }
        }
    }

    /** Two children put, two get; the parent gives the signal. */
    private static final class TwoToTwo implements Program {

        private final List<Child> children = new ArrayList<>();

        TwoToTwo(Queue<Integer> queue) throws Exception {
            for (int i = 0; i < PAIRS; i++) {
                children.add(new Child(parent -> produce(queue, parent)));
                children.add(new Child(parent -> consume(queue, parent)));
            }
        }

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            for (int i = 0; i < children.size(); i++) {
                int pair = i / PAIRS;
                children.get(i).connection().send(operations / PAIRS + (pair < operations % PAIRS ? 1 : 0));
            }
            for (Child child : children) {
                child.connection().recv();
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws IOException {
            for (Child child : children) {
                child.close();
            }
        }
    }

    static void produce(Queue<Integer> queue, Connection parent) throws Exception {
        while (true) {
            long share = Objects.requireNonNull(parent.recv(Long.class));
            for (long i = 0; i < share; i++) {
                queue.put((int) i & Integer.MAX_VALUE);
            }
            parent.send(null);
        }
    }

    static void consume(Queue<Integer> queue, Connection parent) throws Exception {
        while (true) {
            long share = Objects.requireNonNull(parent.recv(Long.class));
            for (long i = 0; i < share; i++) {
                queue.get();
            }
            parent.send(null);
        }
    }
}
