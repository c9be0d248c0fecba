package offspring.examples.faults;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Event;
import offspring.core.Semaphore;
import offspring.examples.Example;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.ProcessPoolExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ctrl-C ends the program in order: no new jobs, those that run are finished, their results are kept. */
@Command(
        name = "graceful-shutdown",
        description = "Ctrl-C: no new jobs, running ones are finished. Try it with --jobs 1000.")
final class GracefulShutdown extends Example {

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs work: 2 if not given.")
    private int workers = 2;

    @Option(names = "--jobs", paramLabel = "N", description = "How many jobs there are: 6 if not given.")
    private int jobs = 6;

    private final AtomicInteger finished = new AtomicInteger();

    @Override
    protected void show(PrintWriter out) throws ReflectiveOperationException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        inRange("--jobs", jobs, 1, 1_000_000);
        Event stop = new Event();
        int begun = 0;
        CtrlC handler = CtrlC.handledBy(stop::set);
        try (handler;
                Executor executor = ProcessPoolExecutor.builder()
                        .maxWorkers(workers)
                        .initializer(CtrlC::ignore)
                        .build()) {
            Semaphore idle = new Semaphore(workers); // so that no job waits in a queue when it is time to end
            idle.acquire();
            while (begun < jobs && !stop.isSet()) {
                int job = ++begun;
                Future<String> result = executor.submit(GracefulShutdown::work);
                result.addDoneCallback(done -> {
                    try {
                        report(out, job, done);
                    } finally {
                        idle.release();
                    }
                });
                idle.acquire();
            }
            if (stop.isSet()) {
                out.println("Ctrl-C: no new jobs, running ones are finished");
            }
            for (int i = 1; i < workers; i++) {
                idle.acquire(); // all of them
            }
        }
        out.println(begun + " jobs begun, " + finished.get() + " finished");
    }

    private void report(PrintWriter out, int job, Future<String> done) throws InterruptedException {
        Throwable failure = done.exception(); // does not wait: it is done
        if (failure == null) {
            out.println("job " + job + " is done by " + done.result());
            finished.incrementAndGet();
        } else {
            out.println("job " + job + " is lost: " + failure);
        }
    }

    /** Runs in a worker. */
    static String work() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(60); // something that must not be cut off, such as a payment
        return Multiprocessing.currentProcess().name();
    }
}
