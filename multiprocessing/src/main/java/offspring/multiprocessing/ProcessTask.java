package offspring.multiprocessing;

import offspring.core.function.CheckedRunnable;

/** What a child is sent, unless a bare target is enough: the {@link Process} object, which becomes its current process, and is run. */
final class ProcessTask implements CheckedRunnable {

    private static final long serialVersionUID = 1L;

    private final Process process;
    private final boolean logsToStderr = ProcessLog.isToStderr();

    ProcessTask(Process process) {
        this.process = process;
    }

    @Override
    public void runChecked() throws Exception {
        Multiprocessing.become(process);
        if (!logsToStderr) {
            process.run();
            return;
        }
        ProcessLog.toStderr();
        ProcessLog.tell("child process calling run()");
        try {
            process.run();
        } finally {
            ProcessLog.tell("run() is over");
        }
    }
}
