package offspring.examples.threads;

import java.io.IOException;
import java.io.PrintWriter;
import offspring.examples.Example;
import picocli.CommandLine.Command;

/** The use of {@link WorkerThread}: items are sent, the worker is closed, and all is done by then. */
@Command(name = "worker-thread", description = "A thread works on what others put into its queue.")
final class WorkerThreadRun extends Example {

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        Worker.employ(new WorkerThread(out));
        out.println("everything is done");
    }
}
