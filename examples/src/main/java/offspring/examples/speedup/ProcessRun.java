package offspring.examples.speedup;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.core.Thread;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;
import offspring.queue.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The work shared by child JVMs. The tasks and answers are the queues of {@link ThreadRun}; the worker threads hand each
 * check through a pipe to a child of their own and wait for its answer.
 */
final class ProcessRun {

    private ProcessRun() {}

    /** Does the work on {@code workers} child JVMs, whose start and end count. */
    static Outcome measure(Plan plan, int workers, Progress progress) throws Exception {
        progress.begin(workers == 1 ? "1 process" : workers + " processes", plan.checks());
        long start = System.nanoTime();
        Queue<@Nullable Integer> tasks = ThreadRun.tasks(plan, workers);
        Queue<Answer> done = new Queue<>();
        List<Child> children = new ArrayList<>();
        Answers answers;
        try {
            for (int i = 0; i < workers; i++) {
                children.add(Child.started("checker-" + i, tasks, done));
            }
            answers = ThreadRun.collect(plan, done, progress);
            for (Child child : children) {
                child.join();
            }
        } finally {
            for (Child child : children) {
                child.stop();
            }
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        progress.end();
        return new Outcome("processes", workers, answers.all(), time);
    }

    /** What the child JVM does: answers checks until {@code null} comes, as the threads do. */
    static void serve(Connection parent) throws Exception {
        try (parent) {
            for (Integer place = parent.recv(Integer.class); place != null; place = parent.recv(Integer.class)) {
                parent.send(Primes.isPrime(Primes.NUMBERS.get(place)));
            }
        }
    }

    /**
     * A child JVM, the parent's end of its pipe, and the thread that feeds it.
     *
     * @param process the child
     * @param pipe the parent's end
     * @param feeder the thread that hands it the tasks
     */
    private record Child(Process process, Connection pipe, Thread feeder) {

        static Child started(String name, Queue<@Nullable Integer> tasks, Queue<Answer> done) throws Exception {
            Pipe pipe = Pipe.duplex();
            Connection here = pipe.first();
            Connection there = pipe.second();
            Process process = Process.builder()
                    .target(() -> serve(there))
                    .name(name)
                    .daemon(true)
                    .build();
            try (there) {
                process.start();
            }
            Thread feeder = Thread.builder()
                    .target(() -> feed(here, tasks, done))
                    .name("feeder of " + name)
                    .daemon(true)
                    .build();
            feeder.start();
            return new Child(process, here, feeder);
        }

        private static void feed(Connection child, Queue<@Nullable Integer> tasks, Queue<Answer> done)
                throws Exception {
            try (child) {
                for (Integer place = tasks.get(); place != null; place = tasks.get()) {
                    Answer answer = ask(child, place);
                    done.put(answer);
                    if (answer.failure() != null) {
                        return;
                    }
                }
                child.send(null);
            }
        }

        private static Answer ask(Connection child, int place) throws InterruptedException {
            try {
                child.send(place);
                return Answer.of(place, requireNonNull(child.recv(Boolean.class), "the child's answer"));
            } catch (EOFException gone) {
                return Answer.failed(place, new IOException("its child JVM is gone", gone));
            } catch (IOException broken) {
                return Answer.failed(place, broken);
            }
        }

        /** Waits for the normal end: the feeder has passed the {@code null} on, the child has seen it. */
        void join() throws InterruptedException {
            feeder.join();
            process.join();
            int exitCode = process.exitcode().orElseThrow();
            if (exitCode != 0) {
                throw new IllegalStateException(process.name() + " ended with exit code " + exitCode);
            }
        }

        /** Makes sure of the end after a failure; does nothing to a child that has ended. */
        void stop() throws Exception {
            if (process.isAlive()) {
                process.terminate();
                process.join();
            }
            process.close();
            feeder.join();
        }
    }
}
