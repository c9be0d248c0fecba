package offspring.guide;

import java.io.EOFException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import offspring.core.Thread;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.connection.Connections;
import offspring.multiprocessing.connection.Waitable;
import offspring.queue.MessageQueue;

/** The Java of docs/guide/queues-and-pipes.md, run by {@link GuideTest}. */
final class QueuesAndPipesExamples {

    private QueuesAndPipesExamples() {}

    // region worker
    static void square(MessageQueue<Integer> jobs, MessageQueue<Integer> results) throws InterruptedException {
        for (Integer n; (n = jobs.get()) != null; ) results.put(n * n); // null ends it: an item like any other
    }
    // endregion

    static void thread(PrintStream out) throws Exception {
        // region thread
        var jobs = new offspring.queue.Queue<Integer>();
        var results = new offspring.queue.Queue<Integer>();
        Thread worker = new Thread(() -> square(jobs, results));
        worker.start();
        jobs.put(12);
        out.println(results.get()); // 144
        jobs.put(null);
        worker.join();
        // endregion
    }

    static void process(PrintStream out) throws Exception {
        // region process
        var jobs = new Queue<Integer>(); // offspring.multiprocessing.Queue
        var results = new Queue<Integer>();
        Process worker = new Process(() -> square(jobs, results));
        worker.start();
        jobs.put(12);
        out.println(results.get()); // 144
        jobs.put(null);
        worker.join();
        // endregion
    }

    static void joinable(PrintStream out) throws Exception {
        // region joinable
        var jobs = new JoinableQueue<String>();
        var consumer = Process.builder()
                .daemon(true) // ends with this program
                .target(() -> {
                    while (true) {
                        store(jobs.get());
                        jobs.taskDone();
                    }
                })
                .build();
        consumer.start();
        for (String job : List.of("one", "two", "three")) jobs.put(job);
        jobs.join(); // until taskDone() was called for each
        out.println(jobs.unfinishedTasks()); // 0
        // endregion
        consumer.terminate();
        consumer.join();
    }

    private static void store(String job) {
        if (job.isEmpty()) {
            throw new IllegalArgumentException("job is empty; give its name");
        }
    }

    static void pipe(PrintStream out) throws Exception {
        // region pipe
        Pipe pipe = Pipe.duplex();
        Connection ours = pipe.first(), theirs = pipe.second();
        Process adder = new Process(() -> {
            try {
                while (true) theirs.send(theirs.recv(Integer.class) + theirs.recv(Integer.class));
            } catch (EOFException end) { // nobody holds the other end any more
                theirs.close();
            }
        });
        adder.start();
        theirs.close(); // the child has it; else it would not be the only one, and we would never see its end
        ours.send(40);
        ours.send(2);
        out.println(ours.recv(Integer.class)); // 42
        ours.close(); // the child reads the end of the file
        adder.join();
        out.println(adder.exitcode().getAsInt()); // 0
        // endregion
    }

    static void many(PrintStream out) throws Exception {
        // region many
        List<Waitable> open = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            Pipe pipe = Pipe.oneWay(); // first() receives, second() sends
            Connection theirs = pipe.second(); // ends can travel, the pair cannot
            int answer = 42 * i;
            new Process(() -> theirs.send(answer)).start();
            theirs.close();
            open.add(pipe.first());
        }
        int sum = 0;
        while (!open.isEmpty()) {
            for (Waitable ready : Connections.await(open)) {
                try {
                    sum += ((Connection) ready).recv(Integer.class);
                } catch (EOFException end) {
                    open.remove(ready);
                }
            }
        }
        out.println(sum); // 126
        // endregion
    }

    static void stop(PrintStream out) throws Exception {
        // region stop
        var jobs = new offspring.queue.Queue<Integer>();
        Thread worker = new Thread(() -> {
            try {
                while (true) jobs.get();
            } catch (offspring.queue.ShutDownException end) {
                out.println("the worker ends"); // the worker ends
            }
        });
        worker.start();
        jobs.put(1);
        jobs.shutdown(); // takes nothing more; what is in it is still got
        worker.join();
        // endregion
    }
}
