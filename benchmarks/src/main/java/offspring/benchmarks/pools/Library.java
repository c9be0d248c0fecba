package offspring.benchmarks.pools;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import offspring.benchmarks.programs.RivalExecutors;
import offspring.multiprocessing.ProcessPoolExecutor;

/** Those who run a callable in a child JVM. */
enum Library {
    OFFSPRING("Offspring") {
        @Override
        ExecutorService open() {
            return new ProcessPoolExecutor(1);
        }

        @Override
        boolean hasTimeLimit() {
            return true;
        }

        @Override
        ExecutorService open(Duration taskTimeout) {
            return ProcessPoolExecutor.builder()
                    .maxWorkers(1)
                    .taskTimeout(taskTimeout)
                    .build();
        }
    },
    PP4J("PP4J 2.2") {
        @Override
        ExecutorService open() throws InterruptedException {
            return RivalExecutors.pp4j();
        }
    },
    OUT_PROCESS("out-process 1.2.7") {
        @Override
        ExecutorService open() throws Exception {
            return RivalExecutors.outProcess();
        }
    };

    private final String title;

    Library(String title) {
        this.title = title;
    }

    /** What the table calls it. */
    String title() {
        return title;
    }

    /** An executor with one child JVM. */
    abstract ExecutorService open() throws Exception;

    /** Whether calls can be given a time limit. */
    boolean hasTimeLimit() {
        return false;
    }

    /** An executor with one child JVM, whose calls may take only so long. */
    ExecutorService open(Duration taskTimeout) throws Exception {
        throw new UnsupportedOperationException(title + " has no time limit for calls; " + taskTimeout + " given");
    }
}
