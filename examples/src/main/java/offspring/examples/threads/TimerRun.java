package offspring.examples.threads;

import java.io.PrintWriter;
import java.time.Duration;
import offspring.core.Timer;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code Timer}: one that fires, and one that is cancelled in time. */
@Command(name = "timer", description = "A timer calls a function later, unless it is cancelled before.")
final class TimerRun extends Example {

    @Option(
            names = "--after",
            paramLabel = "SECONDS",
            description = "How long the timer waits: ${DEFAULT-VALUE} if not given.")
    private double after = 0.05;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        Duration interval = seconds("--after", after, 3600);
        Timer tea = new Timer(interval, () -> out.println("the tea is ready"));
        Timer alarm = new Timer(Duration.ofHours(8), () -> out.println("time to get up"));
        alarm.start();
        tea.start();
        out.println("two timers run");
        tea.join();
        out.println("the alarm is cancelled in time: " + alarm.cancel());
        alarm.join();
        out.println("the tea can no longer be cancelled: " + !tea.cancel());
    }
}
