package offspring.examples.processes;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import offspring.examples.Example;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code ClockProcess} ({@code 02_proc_subclass}): the clock as a subclass of {@link Process}. */
@Command(name = "clock-process-class", description = "The same clock as a subclass of Process.")
final class ClockProcessClass extends Example {

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two ticks: ${DEFAULT-VALUE} if not given, 15 in the textbook.")
    private double interval = 0.05;

    @Option(names = "--ticks", paramLabel = "N", description = "Ticks before the clock stops: ${DEFAULT-VALUE}.")
    private int ticks = 3;

    @Override
    protected void show(PrintWriter out) throws Exception {
        Clock clock = new Clock(seconds("--interval", interval, 3600), inRange("--ticks", ticks, 1, 1_000));
        clock.start();
        clock.join();
        out.println(clock.name() + " has stopped: " + clock.exitcode().orElseThrow());
    }

    /** Its fields travel to the child, which runs {@link #run()}. */
    private static final class Clock extends Process {

        private static final long serialVersionUID = 1L;

        private final Duration interval;
        private final int ticks;

        Clock(Duration interval, int ticks) {
            this.interval = interval;
            this.ticks = ticks;
        }

        @Override
        public void run() throws InterruptedException {
            for (int i = 0; i < ticks; i++) {
                System.out.println("the time is " + LocalTime.now(ZoneId.systemDefault()));
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            }
        }
    }
}
