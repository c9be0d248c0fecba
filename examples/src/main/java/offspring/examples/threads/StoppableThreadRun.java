package offspring.examples.threads;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import offspring.core.Semaphore;
import offspring.examples.Example;
import offspring.threading.StoppableThread;
import picocli.CommandLine.Command;

/** The textbook's {@code StoppableThread}, which the library has: suspended, resumed, and terminated at its own checkpoints. */
@Command(name = "stoppable-thread", description = "A thread is suspended, resumed and terminated from outside.")
final class StoppableThreadRun extends Example {

    private static final int STEPS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        AtomicLong steps = new AtomicLong();
        Semaphore made = new Semaphore(0);
        StoppableThread thread = new StoppableThread(() -> {
            steps.incrementAndGet();
            made.release();
            TimeUnit.MILLISECONDS.sleep(1); // terminate() interrupts it
        });
        thread.start();
        awaitSteps(made);
        out.println("it runs: at least " + STEPS + " steps are made");

        thread.suspend();
        if (!thread.awaitResting(PATIENCE)) {
            throw new IllegalStateException("no checkpoint within " + PATIENCE);
        }
        long before = steps.get();
        while (made.acquire(false)) {} // forget the steps until now
        boolean moved = made.acquire(Duration.ofMillis(20));
        out.println("it rests: " + (steps.get() - before) + " steps more, moved: " + moved);

        thread.resume();
        awaitSteps(made);
        out.println("it runs again");

        thread.terminate();
        thread.join();
        out.println("it has ended; alive: " + thread.isAlive());
    }

    private static void awaitSteps(Semaphore made) throws InterruptedException {
        for (int i = 0; i < STEPS; i++) {
            made.acquire();
        }
    }
}
