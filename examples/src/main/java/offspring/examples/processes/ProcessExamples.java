package offspring.examples.processes;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class ProcessExamples {

    private ProcessExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(
                new ProcessStart(),
                new ClockProcess(),
                new ClockProcessClass(),
                new Factorials(),
                new FileLock(),
                new WorkerProcessRun(),
                new GilThreads(),
                new GilProcesses());
    }
}
