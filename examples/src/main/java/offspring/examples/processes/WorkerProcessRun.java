package offspring.examples.processes;

import java.io.PrintWriter;
import java.util.List;
import offspring.examples.Example;
import offspring.examples.threads.Worker;
import offspring.examples.threads.WorkerThread;
import picocli.CommandLine.Command;

/** One sender, two workers: the textbook's thread with a queue, and its twin in a process. */
@Command(name = "worker-process", description = "A worker thread moves into a process, and its sender does not notice.")
final class WorkerProcessRun extends Example {

    @Override
    protected void show(PrintWriter out) throws Exception {
        for (Worker worker : List.of(new WorkerThread(out), new WorkerProcess())) {
            Worker.employ(worker);
            out.println("everything is done");
        }
    }
}
