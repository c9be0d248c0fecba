package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import offspring.core.Thread;
import offspring.queue.Arrangement;
import offspring.queue.JoinableQueue;
import offspring.queue.LifoQueue;
import offspring.queue.MessageQueue;
import offspring.queue.Prioritized;
import offspring.queue.PriorityQueue;
import offspring.queue.Queue;
import offspring.queue.ShutDownException;
import offspring.queue.SimpleQueue;
import offspring.queue.TaskQueue;
import org.junit.jupiter.api.Test;

/** The examples of {@code offspring.queue}. */
class QueueExamplesTest {

    /** Written by one thread at a time, and read after that has ended. */
    private final List<String> printed = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    private void work(String job) {
        printed.add(job);
    }

    @Test
    void shouldWorkOffAQueue() throws Exception {
        // region queue.Queue
        var jobs = new Queue<String>(100); // at most 100 inside; put waits while it is full
        var worker = new Thread(() -> {
            for (String job = jobs.get(); job != null; job = jobs.get()) {
                work(job);
                jobs.taskDone();
            }
        });
        worker.start();
        jobs.put("one");
        jobs.put("two");
        jobs.join(); // until both are worked on
        jobs.put(null); // ends the worker: null is an item like any other
        // endregion
        assertThat(printed).containsExactly("one", "two");
        worker.join();
    }

    @Test
    void shouldWaitForTheWork() throws Exception {
        // region queue.JoinableQueue
        var jobs = new JoinableQueue<String>(2);
        var worker = new Thread(() -> {
            print(jobs.get());
            jobs.taskDone();
        });
        worker.start();
        jobs.put("hello");
        jobs.join(); // until it is printed
        // endregion
        assertThat(printed).containsExactly("hello");
        worker.join();
    }

    @Test
    void shouldGiveTheLastFirst() throws Exception {
        // region queue.LifoQueue
        var stack = new LifoQueue<Integer>();
        stack.put(1);
        stack.put(2);
        int last = stack.get(); // 2
        // endregion
        assertThat(last).isEqualTo(2);
    }

    // region queue.MessageQueue
    void produce(MessageQueue<String> lines) throws InterruptedException {
        lines.put("hello");
        lines.put(null); // nothing more: null is an item like any other
    }

    void consume(MessageQueue<String> lines) throws InterruptedException {
        for (String line = lines.get(); line != null; line = lines.get()) {
            print(line);
        }
    }
    // endregion

    @Test
    void shouldProduceAndConsumeThroughAnyQueue() throws Exception {
        for (MessageQueue<String> lines : List.of(new Queue<String>(), new SimpleQueue<String>())) {
            produce(lines);
            consume(lines);
        }
        assertThat(printed).containsExactly("hello", "hello");
    }

    @Test
    void shouldGiveTheMostUrgentFirst() throws Exception {
        // region queue.PriorityQueue
        var urgent = new PriorityQueue<Prioritized<String>>();
        urgent.put(new Prioritized<>(2, "later"));
        urgent.put(new Prioritized<>(1, "first"));
        urgent.put(new Prioritized<>(1, "second"));
        while (!urgent.empty()) print(urgent.get().item()); // "first", then "second", then "later"
        // endregion
        assertThat(printed).containsExactly("first", "second", "later");
    }

    @Test
    void shouldOrderByThePriorityAlone() throws Exception {
        // region queue.Prioritized
        var urgent = new PriorityQueue<Prioritized<String>>();
        urgent.put(new Prioritized<>(2, "later"));
        urgent.put(new Prioritized<>(1, "first"));
        String next = urgent.get().item(); // "first"
        // endregion
        assertThat(next).isEqualTo("first");
    }

    @Test
    void shouldBringAResult() throws Exception {
        // region queue.SimpleQueue
        var results = new SimpleQueue<Integer>();
        new Thread(() -> results.put(42)).start();
        int answer = results.get(); // 42
        // endregion
        assertThat(answer).isEqualTo(42);
    }

    /** What the workers of the examples do. */
    private interface Job {
        void work();
    }

    // region queue.TaskQueue
    void worker(TaskQueue<Job> jobs) throws InterruptedException {
        while (true) {
            Job job = jobs.get();
            try {
                job.work();
            } finally {
                jobs.taskDone(); // also when it failed, or join() waits for ever
            }
        }
    }
    // endregion

    @Test
    void shouldCountATaskAlsoWhenItFailed() throws Exception {
        var jobs = new Queue<Job>();
        jobs.put(() -> {
            throw new IllegalStateException("no such account");
        });
        jobs.put(() -> print("done"));

        assertThatThrownBy(() -> worker(jobs)).hasMessage("no such account");
        assertThat(jobs.unfinishedTasks()).isEqualTo(1);
        jobs.shutdown();
        assertThatThrownBy(() -> worker(jobs)).isInstanceOf(ShutDownException.class);
        assertThat(jobs.unfinishedTasks()).isZero();
        assertThat(printed).containsExactly("done");
    }

    private void workOff(Queue<String> queue) throws InterruptedException {
        // region queue.ShutDownException
        try {
            while (true) {
                work(queue.get());
            }
        } catch (ShutDownException e) {
            return; // all items are taken, and no more will come
        }
        // endregion
    }

    @Test
    void shouldEndWhenTheQueueIsShutDown() throws Exception {
        var queue = new Queue<String>();
        queue.put("one");
        queue.put("two");
        queue.shutdown();
        workOff(queue);
        assertThat(printed).containsExactly("one", "two");
    }

    // region queue.Arrangement
    class UniqueQueue<T> extends Queue<T> {
        UniqueQueue() {
            super(0, new Arrangement<T>() {
                private final LinkedHashSet<T> items = new LinkedHashSet<>();

                public void add(T item) {
                    items.add(item);
                }

                public T remove() {
                    T first = items.iterator().next();
                    items.remove(first);
                    return first;
                }

                public int size() {
                    return items.size();
                }
            });
        }
    }
    // endregion

    @Test
    void shouldTakeEachItemInOnlyOnce() throws Exception {
        var once = new UniqueQueue<String>();
        for (String item : List.of("a", "b", "a")) once.put(item);
        while (!once.empty()) print(once.get());
        assertThat(printed).containsExactly("a", "b");
    }
}
