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

/** The textbook's {@code clock} as the target of a process ({@code 01_proc_simple}). Only one word differs from the thread's. */
@Command(name = "clock-process", description = "The clock once more: its function runs in a process.")
final class ClockProcess extends Example {

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two ticks: ${DEFAULT-VALUE} if not given, 15 in the textbook.")
    private double interval = 0.05;

    @Option(names = "--ticks", paramLabel = "N", description = "Ticks before the clock stops: ${DEFAULT-VALUE}.")
    private int ticks = 3;

    @Override
    protected void show(PrintWriter out) throws Exception {
        Duration pause = seconds("--interval", interval, 3600);
        int times = inRange("--ticks", ticks, 1, 1_000);
        Process clock = new Process(() -> clock(pause, times));
        clock.start();
        clock.join();
        out.println("the clock has stopped: " + clock.exitcode().orElseThrow());
    }

    private static void clock(Duration interval, int ticks) throws InterruptedException {
        for (int i = 0; i < ticks; i++) {
            System.out.println("the time is " + LocalTime.now(ZoneId.systemDefault()));
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        }
    }
}
