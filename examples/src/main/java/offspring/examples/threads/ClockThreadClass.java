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

/** The textbook's {@code ClockThread}: the same clock as a subclass of {@link Thread} with a {@code run} of its own. */
@Command(name = "clock-thread-class", description = "The same clock as a subclass of Thread.")
final class ClockThreadClass extends Example {

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two ticks: ${DEFAULT-VALUE} if not given, 15 in the textbook.")
    private double interval = 0.05;

    @Option(names = "--ticks", paramLabel = "N", description = "Ticks before the clock stops: ${DEFAULT-VALUE}.")
    private int ticks = 3;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        Clock clock = new Clock(out, seconds("--interval", interval, 3600), inRange("--ticks", ticks, 1, 1_000));
        clock.start();
        clock.join();
        out.println(clock.name() + " is alive: " + clock.isAlive());
    }

    private static final class Clock extends Thread {

        private final PrintWriter out;
        private final Duration interval;
        private final int ticks;

        Clock(PrintWriter out, Duration interval, int ticks) {
            this.out = out;
            this.interval = interval;
            this.ticks = ticks;
            setName("clock");
            setDaemon(true);
        }

        @Override
        public void run() throws InterruptedException {
            for (int i = 0; i < ticks; i++) {
                out.println("the time is " + LocalTime.now(ZoneId.systemDefault()));
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            }
        }
    }
}
