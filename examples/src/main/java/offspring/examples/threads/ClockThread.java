package offspring.examples.threads;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code clock} with {@code Thread(target=clock)}: a function that a daemon thread runs. */
@Command(name = "clock-thread", description = "A thread runs a function that tells the time again and again.")
final class ClockThread extends Example {

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two ticks: ${DEFAULT-VALUE} if not given, 15 in the textbook.")
    private double interval = 0.05;

    @Option(names = "--ticks", paramLabel = "N", description = "Ticks before the clock stops: ${DEFAULT-VALUE}.")
    private int ticks = 3;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        Duration pause = seconds("--interval", interval, 3600);
        int times = inRange("--ticks", ticks, 1, 1_000);
        Thread clock = Thread.builder()
                .target(() -> clock(out, pause, times))
                .daemon(true) // would not keep the program from ending
                .build();
        clock.start();
        out.println("started " + clock.name());
        clock.join();
        out.println("the clock has stopped");
    }

    private static void clock(PrintWriter out, Duration interval, int ticks) throws InterruptedException {
        for (int i = 0; i < ticks; i++) {
            out.println("the time is " + LocalTime.now(ZoneId.systemDefault()));
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        }
    }
}
