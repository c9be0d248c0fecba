package offspring.benchmarks.workloads;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import offspring.benchmarks.programs.Child;
import offspring.benchmarks.programs.Program;
import offspring.multiprocessing.Condition;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.RLock;
import offspring.multiprocessing.connection.Connection;

/**
 * B11, the classic benchmark of {@code multiprocessing}: two parties and one condition. Each signals the other and waits to
 * be signalled; an operation is there and back.
 *
 * <pre>
 *   main    ── signal, await ──►  other
 *           ◄── signal, await ──
 * </pre>
 *
 * <p>The condition of a manager is left out: this library has no managers.
 */
public final class ClassicConditions {

    private ClassicConditions() {}

    /** Two threads, a condition over a plain lock. */
    public static Program threadsOverLock() {
        return threads(new offspring.core.Condition(new offspring.core.Lock()));
    }

    /** Two threads, a condition over a reentrant lock. */
    public static Program threadsOverRLock() {
        return threads(new offspring.core.Condition(new offspring.core.RLock()));
    }

    private static Program threads(offspring.core.Condition condition) {
        return operations -> {
            FutureTask<Long> other = new FutureTask<>(() -> answer(condition, operations));
            condition.acquire();
            new Thread(other, "other").start();
            condition.await();
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                condition.signal();
                condition.await();
            }
            long nanos = System.nanoTime() - start;
            condition.release();
            Checks.equal(operations, other.get(), "the number of answers");
            return nanos;
        };
    }

    private static long answer(offspring.core.Condition condition, long operations) throws InterruptedException {
        condition.acquire();
        condition.signal();
        long answers = 0;
        while (answers < operations) {
            condition.await();
            answers++;
            condition.signal();
        }
        condition.release();
        return answers;
    }

    /** Two processes, a condition over a plain lock. */
    public static Program processesOverLock() throws Exception {
        return new Processes(new Condition(new Lock()));
    }

    /** Two processes, a condition over a reentrant lock. */
    public static Program processesOverRLock() throws Exception {
        return new Processes(new Condition(new RLock()));
    }

    /** A child that lives as long as the program is the other party. */
    private static final class Processes implements Program {

        private final Condition condition;
        private final Child child;

        Processes(Condition condition) throws Exception {
            this.condition = condition;
            this.child = new Child(parent -> serve(condition, parent));
        }

        @Override
        public long run(long operations) throws Exception {
            condition.acquire();
            child.connection().send(operations);
            condition.await();
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                condition.signal();
                condition.await();
            }
            long nanos = System.nanoTime() - start;
            condition.release();
            Checks.equal(operations, child.connection().recv(), "the number of answers");
            return nanos;
        }

        @Override
        public void close() throws IOException {
            child.close();
        }
    }

    private static void serve(Condition condition, Connection parent) throws Exception {
        while (true) {
            long operations = Objects.requireNonNull(parent.recv(Long.class));
            condition.acquire();
            condition.signal();
            long answers = 0;
            while (answers < operations) {
                condition.await();
                answers++;
                condition.signal();
            }
            condition.release();
            parent.send(answers);
        }
    }
}
