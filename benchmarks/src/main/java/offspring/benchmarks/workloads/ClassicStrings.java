package offspring.benchmarks.workloads;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import offspring.benchmarks.programs.Child;
import offspring.benchmarks.programs.Program;
import offspring.core.function.CheckedConsumer;
import offspring.multiprocessing.connection.Connection;
import offspring.queue.Queue;
import org.jspecify.annotations.Nullable;

/**
 * B11, the classic benchmark of {@code multiprocessing}: strings of 256 characters from a thread or a child to the main
 * thread; an operation is one string. What follows the last one says that it was the last. The child lives as long as the
 * program; the thread is made for each turn, as published. The queue of a manager is left out: this library has no
 * managers.
 */
public final class ClassicStrings {

    private static final String ELEMENT = "0".repeat(256);
    private static final String STOP = "STOP";

    private ClassicStrings() {}

    /** From a thread through a queue of this JVM. */
    public static Program threadQueue() {
        Queue<String> queue = new Queue<>();
        return operations -> {
            FutureTask<Long> producer = new FutureTask<>(() -> {
                for (long i = 0; i < operations; i++) {
                    queue.put(ELEMENT);
                }
                queue.put(STOP);
                return operations;
            });
            long start = System.nanoTime();
            new Thread(producer, "producer").start();
            long count = 0;
            while (isElement(queue.get())) {
                count++;
            }
            long nanos = System.nanoTime() - start;
            Checks.equal(producer.get(), count, "the number of strings");
            return nanos;
        };
    }

    /** From a child through a queue that processes share. */
    public static Program processQueue() throws Exception {
        offspring.multiprocessing.Queue<String> queue = new offspring.multiprocessing.Queue<>();
        return new FromChild(parent -> putAll(queue, parent)) {
            @Override
            String next(Connection child) throws InterruptedException {
                return queue.get();
            }
        };
    }

    private static void putAll(offspring.multiprocessing.Queue<String> queue, Connection parent) throws Exception {
        while (true) {
            long count = Objects.requireNonNull(parent.recv(Long.class));
            for (long i = 0; i < count; i++) {
                queue.put(ELEMENT);
            }
            queue.put(STOP);
        }
    }

    /** From a child through a pipe. */
    public static Program pipe() throws Exception {
        return new FromChild(ClassicStrings::sendAll) {
            @Override
            @Nullable
            String next(Connection child) throws IOException, InterruptedException {
                return child.recv(String.class);
            }
        };
    }

    static void sendAll(Connection parent) throws Exception {
        while (true) {
            long count = Objects.requireNonNull(parent.recv(Long.class));
            for (long i = 0; i < count; i++) {
                parent.send(ELEMENT);
            }
            parent.send(STOP);
        }
    }

    private static boolean isElement(@Nullable String item) {
        if (item == null || (item.length() != ELEMENT.length() && !item.equals(STOP))) {
            throw new IllegalStateException("neither a string of 256 characters nor the end: " + item);
        }
        return item.length() == ELEMENT.length();
    }

    /** Strings of a child that lives as long as the program. */
    private abstract static class FromChild implements Program {

        private final Child child;

        FromChild(CheckedConsumer<Connection> service) throws Exception {
            child = new Child(service);
        }

        abstract @Nullable String next(Connection child) throws IOException, InterruptedException;

        @Override
        public final long run(long operations) throws Exception {
            long start = System.nanoTime();
            child.connection().send(operations);
            long count = 0;
            while (isElement(next(child.connection()))) {
                count++;
            }
            long nanos = System.nanoTime() - start;
            Checks.equal(operations, count, "the number of strings");
            return nanos;
        }

        @Override
        public final void close() throws IOException {
            child.close();
        }
    }
}
