package offspring.integration;

import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;

/** A program without handlers of signals, whose child has none either, and is terminated. */
final class Ends {

    private Ends() {}

    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook: ran")));
        try (Pipe pipe = Pipe.duplex()) {
            var theirs = pipe.second();
            CheckedRunnable work = () -> {
                theirs.send("here");
                theirs.recv();
            };
            Process child = Process.builder()
                    .target(work)
                    .options(ProcessOptions.builder().jvmArgs("-Xrs").build())
                    .build();
            child.start();
            pipe.first().recv();
            child.terminate();
            child.join();
            System.out.println("exit code: " + child.exitcode().getAsInt());
        }
    }
}
