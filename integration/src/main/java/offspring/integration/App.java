package offspring.integration;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import offspring.integration.open.OpenWork;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.connection.Connection;

/**
 * The application: one process of each kind, a pipe, a queue and a pool, and a line for each result.
 *
 * <p>It ends without {@code System.exit}, so that it can run inside other programs.
 */
public final class App {

    /** It ends some time, also where a child cannot begin. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private App() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws Exception if something fails that nobody expects
     */
    public static void main(String[] args) throws Exception {
        try (Report report = Report.open()) {
            try {
                work(report, options(report));
            } catch (IllegalStateException | IOException e) {
                report.line("refused: " + e.getMessage());
                if (Boolean.getBoolean("app.stacks")) {
                    e.printStackTrace();
                }
            }
            report.line("end");
        }
    }

    private static ProcessOptions options(Report report) {
        String args = System.getProperty("app.childArgs", "");
        return ProcessOptions.builder()
                .jvmArgs(args.isEmpty() ? new String[0] : args.split(" ", -1))
                .maxHeap("64m")
                .outputLines(report::line)
                .build();
    }

    private static void work(Report report, ProcessOptions options) throws Exception {
        int captured = 12;
        try (Pipe pipe = Pipe.duplex();
                Pipe open = Pipe.duplex();
                Queue<Integer> queue = new Queue<>()) {
            Connection theirs = pipe.second();
            List<Process> children = new ArrayList<>();
            children.add(Process.builder()
                    .target(() -> {
                        System.out.println("lambda: " + captured + " in "
                                + Multiprocessing.currentProcess().name());
                        System.out.println("session in " + placeOfSession());
                        theirs.send(Objects.requireNonNull(theirs.recv(Integer.class)) * captured);
                    })
                    .options(options)
                    .build());
            children.add(Process.builder()
                    .target(new Producer(queue)::produce)
                    .options(options)
                    .build());
            children.add(new Greeter(new Greeting("hello", 7), options));
            children.add(Process.builder()
                    .target(OpenWork.echo(new OpenWork.Word("echo"), open.second()))
                    .options(options)
                    .build());
            for (Process child : children) {
                child.start();
            }
            pipe.first().send(12);
            report.line("pipe: " + answer(pipe));
            report.line("queue: " + List.of(queue.get(PATIENCE), queue.get(PATIENCE), queue.get(PATIENCE)));
            report.line("record: " + answer(open));
            for (Process child : children) {
                child.join();
                report.line("exit code: " + child.exitcode().getAsInt());
            }
        }
        try (ProcessPool pool =
                ProcessPool.builder().maxWorkers(1).options(options).build()) {
            report.line("pool: " + pool.map(App::square, List.of(1, 2, 3)));
        }
    }

    private static Object answer(Pipe pipe) throws Exception {
        if (!pipe.first().poll(PATIENCE)) {
            throw new IllegalStateException("no answer within " + PATIENCE);
        }
        return Objects.requireNonNull(pipe.first().recv());
    }

    /** Where the files of the processes are, as a child's own command line tells on some systems. */
    private static String placeOfSession() {
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        for (String argument : arguments) {
            if (argument.startsWith("-XX:ErrorFile=")) {
                return argument.substring(argument.indexOf('=') + 1, argument.lastIndexOf("/offspring-"));
            }
        }
        return "unknown";
    }

    private static int square(int n) {
        return n * n;
    }

    /** What the subclass captures. */
    private record Greeting(String word, int times) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** A process that is a subclass. */
    private static final class Greeter extends Process {
        private static final long serialVersionUID = 1L;
        private final Greeting greeting;

        Greeter(Greeting greeting, ProcessOptions options) {
            super(null, null, options);
            this.greeting = greeting;
        }

        @Override
        public void run() {
            System.out.println("subclass: " + greeting);
        }
    }

    /** Something whose method is the target. */
    private record Producer(Queue<Integer> queue) implements Serializable {
        private static final long serialVersionUID = 1L;

        void produce() throws Exception {
            for (int i = 1; i <= 3; i++) {
                queue.put(i);
            }
        }
    }
}
