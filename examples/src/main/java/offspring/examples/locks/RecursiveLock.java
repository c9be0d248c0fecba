package offspring.examples.locks;

import java.io.PrintWriter;
import java.time.Duration;
import offspring.core.Lock;
import offspring.core.RLock;
import offspring.examples.Example;
import picocli.CommandLine.Command;

/** The textbook's {@code RLock}: its owner may take it again, where a plain lock would wait for ever. */
@Command(name = "rlock", description = "A lock that its owner may take again, level by level.")
@SuppressWarnings("try") // the holds are closed, not looked at
final class RecursiveLock extends Example {

    private static final int DEPTH = 3;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        Lock plain = new Lock();
        plain.acquire();
        out.println("a Lock is taken again: " + plain.acquire(Duration.ofMillis(10)));
        plain.release();

        RLock lock = new RLock();
        descend(out, lock, 1);
        out.println("all levels given back; locked: " + lock.locked());
    }

    private static void descend(PrintWriter out, RLock lock, int level) throws InterruptedException {
        try (var held = lock.hold()) {
            out.println("an RLock is taken on level " + lock.recursionCount());
            if (level < DEPTH) {
                descend(out, lock, level + 1);
            }
        }
    }
}
