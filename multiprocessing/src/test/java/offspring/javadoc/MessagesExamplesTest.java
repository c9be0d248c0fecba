package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.SimpleQueue;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.connection.Connections;
import offspring.multiprocessing.connection.Waitable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of queues and pipes between processes. */
@ExtendWith(FamilyCheck.class)
class MessagesExamplesTest {

    @Test
    void shouldBringAResult() throws Exception {
        // region multiprocessing.Queue
        var results = new Queue<Integer>();
        var child = new Process(() -> results.put(6 * 7));
        child.start();
        int answer = results.get(); // 42
        child.join();
        // endregion
        assertThat(answer).isEqualTo(42);
        Children.endWell(child);
        results.close();
    }

    @Test
    void shouldWaitForTheWork() throws Exception {
        // region multiprocessing.JoinableQueue
        var jobs = new JoinableQueue<String>();
        var worker = Process.builder()
                .daemon(true) // ends with this program
                .target(() -> {
                    while (true) {
                        print(jobs.get());
                        jobs.taskDone();
                    }
                })
                .build();
        worker.start();
        jobs.put("one");
        jobs.put("two");
        jobs.join(); // both are printed
        // endregion
        assertThat(jobs.unfinishedTasks()).isZero();
        worker.terminate();
        worker.join();
        jobs.close();
    }

    /** Prints a line, in the child: the parent sees that the task is done. */
    private static void print(String line) {
        System.out.println(line);
    }

    @Test
    void shouldBringALine() throws Exception {
        // region multiprocessing.SimpleQueue
        var lines = new SimpleQueue<String>();
        var child = new Process(() -> lines.put("hello"));
        child.start();
        String line = lines.get(); // "hello"
        // endregion
        assertThat(line).isEqualTo("hello");
        Children.endWell(child);
        lines.close();
    }

    @Test
    void shouldSendOneWay() throws Exception {
        // region multiprocessing.Pipe
        Pipe pipe = Pipe.oneWay();
        Connection writer = pipe.second();
        var child = new Process(() -> writer.send(List.of(1, 2, 3)));
        child.start();
        writer.close(); // the child has its own hold on it
        List<?> numbers = pipe.first().recv(List.class); // [1, 2, 3]
        // endregion
        assertThat(numbers).isEqualTo(List.of(1, 2, 3));
        Children.endWell(child);
        pipe.close();
    }

    @Test
    void shouldSendThroughAnEnd() throws Exception {
        // region multiprocessing.connection.Connection
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        var child = new Process(() -> there.send("hello"));
        child.start();
        there.close(); // the child has its own hold on it
        String hello = pipe.first().recv(String.class); // "hello"
        // endregion
        assertThat(hello).isEqualTo("hello");
        Children.endWell(child);
        pipe.close();
    }

    @Test
    void shouldReceiveFromManyUntilTheirEnd() throws Exception {
        List<Waitable> open = new ArrayList<>();
        for (String word : List.of("one", "two")) {
            Pipe pipe = Pipe.oneWay();
            pipe.second().send(word);
            pipe.second().close();
            open.add(pipe.first());
        }
        List<Waitable> all = List.copyOf(open);
        try (var out = Printed.open()) {
            // region multiprocessing.connection.Connections
            while (!open.isEmpty()) {
                for (Waitable ready : Connections.await(open)) {
                    try {
                        System.out.println(((Connection) ready).recv());
                    } catch (EOFException end) {
                        open.remove(ready);
                    }
                }
            }
            // endregion
            assertThat(out.lines()).containsExactly("one", "two");
        }
        for (Waitable end : all) ((Connection) end).close();
    }

    @Test
    void shouldWaitForAResultOrTheEnd() throws Exception {
        var results = new Queue<Integer>();
        var child = new Process(() -> results.put(6 * 7));
        child.start();
        try (var out = Printed.open()) {
            // region multiprocessing.connection.Waitable
            Waitable end = child.sentinel();
            Connections.await(List.of(results, end)); // a result, or the end of the child without one
            System.out.println(results.isReady() ? results.get() : "no result"); // 42
            // endregion
            assertThat(out.lines()).containsExactly("42");
        }
        Children.endWell(child);
        results.close();
    }
}
