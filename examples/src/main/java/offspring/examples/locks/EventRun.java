package offspring.examples.locks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import offspring.core.Event;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An {@code Event}: many wait for a flag that one sets. */
@Command(name = "event", description = "Runners wait for the shot.")
final class EventRun extends Example {

    @Option(names = "--runners", paramLabel = "N", description = "How many wait: ${DEFAULT-VALUE} if not given.")
    private int runners = 3;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int count = inRange("--runners", runners, 1, 100);
        Event shot = new Event();
        List<Thread> field = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = "runner " + i;
            Thread runner = new Thread(
                    () -> {
                        out.println(name + " is ready");
                        shot.await();
                        out.println(name + " runs");
                    },
                    name);
            field.add(runner);
            runner.start();
        }
        while (shot.statistics().waiting() < count) {
            java.lang.Thread.onSpinWait();
        }
        out.println("the shot");
        shot.set();
        for (Thread runner : field) {
            runner.join();
        }
    }
}
