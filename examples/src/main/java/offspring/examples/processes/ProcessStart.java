package offspring.examples.processes;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import offspring.examples.Example;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's first process, with the target {@code worker}: started, waited for, and asked for its exit code. */
@Command(name = "process-start", description = "A function runs in a process of its own, and is waited for.")
final class ProcessStart extends Example {

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long the process works: ${DEFAULT-VALUE} if not given, 2 in the textbook.")
    private double time = 0.05;

    @Override
    protected void show(PrintWriter out) throws Exception {
        long millis = seconds("--seconds", time, 3600).toMillis();
        Process process = new Process(() -> worker(millis), "worker");
        process.start();
        out.println("the main program waits");
        process.join();
        out.println("the main program has ended; exit code of the process: "
                + process.exitcode().orElseThrow());
    }

    private static void worker(long millis) throws InterruptedException {
        System.out.println("the process begins");
        TimeUnit.MILLISECONDS.sleep(millis);
        System.out.println("the process ends");
    }
}
