package offspring.examples.speedup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.core.Thread;
import offspring.queue.Queue;
import org.jspecify.annotations.Nullable;

/** The work shared by threads: a queue of checks that ends in one {@code null} per worker, and a queue of answers. */
final class ThreadRun {

    private ThreadRun() {}

    /** Does the work on {@code workers} threads. */
    static Outcome measure(Plan plan, int workers, Progress progress) throws InterruptedException {
        progress.begin(workers == 1 ? "1 thread" : workers + " threads", plan.checks());
        long start = System.nanoTime();
        Queue<@Nullable Integer> tasks = tasks(plan, workers);
        Queue<Answer> done = new Queue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Thread thread = Thread.builder()
                    .target(() -> work(tasks, done))
                    .name("checker-" + i)
                    .daemon(true)
                    .build();
            thread.start();
            threads.add(thread);
        }
        Answers answers = collect(plan, done, progress);
        for (Thread thread : threads) {
            thread.join();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        progress.end();
        return new Outcome("threads", workers, answers.all(), time);
    }

    /** The checks of the plan, dearest first, then one {@code null} per worker: no more for you. */
    @SuppressWarnings("NullAway") // it does not look into type arguments: null is an item of this queue
    static Queue<@Nullable Integer> tasks(Plan plan, int workers) throws InterruptedException {
        Queue<@Nullable Integer> tasks = new Queue<>();
        for (int place : plan.dearestFirst()) {
            tasks.put(place);
        }
        for (int i = 0; i < workers; i++) {
            tasks.put(null);
        }
        return tasks;
    }

    /** Takes the answers of all checks of the plan. */
    static Answers collect(Plan plan, Queue<Answer> done, Progress progress) throws InterruptedException {
        Answers answers = new Answers();
        for (int i = 0; i < plan.checks(); i++) {
            Answer answer = done.get();
            if (answer.failure() != null) {
                throw new IllegalStateException(
                        "No answer for " + Primes.NUMBERS.get(answer.place()) + ": "
                                + answer.failure().getMessage(),
                        answer.failure());
            }
            answers.add(answer.place(), answer.prime());
            progress.step();
        }
        return answers;
    }

    private static void work(Queue<@Nullable Integer> tasks, Queue<Answer> done) throws InterruptedException {
        for (Integer place = tasks.get(); place != null; place = tasks.get()) {
            done.put(Answer.of(place, Primes.isPrime(Primes.NUMBERS.get(place))));
        }
    }
}
