package offspring.readme;

import java.util.stream.Stream;
import offspring.core.Thread;
import offspring.core.function.CheckedRunnable;
import offspring.queue.Queue;

/** The README's example of threads and queues. */
final class ThreadsExample {

    private ThreadsExample() {}

    static int run() throws Exception {
        // region threads
        var jobs = new Queue<Integer>();
        var squares = new Queue<Integer>();
        CheckedRunnable worker = () -> {
            for (Integer n; (n = jobs.get()) != null; ) squares.put(n * n);
        };
        var crew = Stream.generate(() -> new Thread(worker)).limit(4).toList();
        for (Thread t : crew) t.start();
        for (int n = 0; n < 1000; n++) jobs.put(n);
        for (Thread t : crew) jobs.put(null);
        for (Thread t : crew) t.join();
        int sum = 0;
        while (!squares.empty()) sum += squares.get();
        System.out.println(sum); // 332833500
        // endregion
        return sum;
    }
}
