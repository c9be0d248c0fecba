package offspring.benchmarks.programs;

import offspring.multiprocessing.Process;

/** Making, starting and joining a child process that does nothing, one after the other. */
public final class ProcessPrograms {

    private ProcessPrograms() {}

    /** Our process, with the start method that is the default. */
    public static Program process() {
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                Process process = new Process(() -> {});
                process.start();
                process.join();
                int exitCode = process.exitcode().orElseThrow();
                if (exitCode != 0) {
                    throw new IllegalStateException("an empty child ended with code " + exitCode);
                }
            }
            return System.nanoTime() - start;
        };
    }
}
