package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import offspring.multiprocessing.connection.Waitable;
import offspring.multiprocessing.internal.launch.Child;

/**
 * What a {@link Process} object can do depends on who looks at it: the parent that made it, the process itself, its child,
 * or another process that got a copy. This is the last, which can do nothing; the others override what they can.
 */
class Life {

    /** The life of a copy that has come to a process which is not its subject's parent. */
    static final Life OF_A_STRANGER = new Life();

    void start(Process process) throws IOException {
        throw notMine("started");
    }

    boolean join(long deadlineNanos) throws InterruptedException {
        throw notMine("joined");
    }

    boolean isAlive() {
        throw notMine("asked whether it is alive");
    }

    OptionalLong pid() {
        throw notMine("asked for its pid");
    }

    OptionalInt exitcode() {
        throw notMine("asked for its exit code");
    }

    Waitable sentinel() {
        throw notMine("waited for");
    }

    Child child(String what) {
        throw notMine(what);
    }

    void terminate() {
        throw notMine("terminated");
    }

    void kill() {
        throw notMine("killed");
    }

    void interrupt() {
        throw notMine("interrupted");
    }

    void close() {
        throw notMine("closed");
    }

    boolean isStarted() {
        return true;
    }

    /** For {@code toString}: initial, started, stopped with its code, closed, unknown. */
    String state() {
        return "unknown";
    }

    private static IllegalStateException notMine(String what) {
        return new IllegalStateException(
                "a process can only be " + what + " by the process that made it; this is a copy");
    }

    /** The process that looks is the process itself. */
    static final class OfOneself extends Life {

        @Override
        void start(Process process) {
            throw new IllegalStateException("process " + process.name() + " runs already: it is the current one");
        }

        @Override
        boolean join(long deadlineNanos) {
            throw new IllegalStateException("a process cannot join itself; it would wait for ever");
        }

        @Override
        boolean isAlive() {
            return true;
        }

        @Override
        OptionalLong pid() {
            return OptionalLong.of(ProcessHandle.current().pid());
        }

        @Override
        OptionalInt exitcode() {
            return OptionalInt.empty();
        }

        @Override
        String state() {
            return "started";
        }
    }

    /** The process that looks is a child; its parent's end would be its own, so the parent is alive while it looks. */
    static final class OfTheParent extends Life {

        private final long pid;

        OfTheParent(long pid) {
            this.pid = pid;
        }

        @Override
        boolean isAlive() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }

        @Override
        OptionalLong pid() {
            return OptionalLong.of(pid);
        }

        @Override
        boolean join(long deadlineNanos) throws InterruptedException {
            return ChildLife.await(handle().onExit(), deadlineNanos);
        }

        private ProcessHandle handle() {
            return ProcessHandle.of(pid)
                    .orElseThrow(
                            () -> new IllegalStateException("the parent is gone; this process is about to follow"));
        }

        @Override
        Waitable sentinel() {
            return new Waitable() {
                @Override
                public boolean isReady() {
                    return !OfTheParent.this.isAlive();
                }

                @Override
                public boolean await(Duration timeout) throws InterruptedException {
                    return OfTheParent.this.join(ChildLife.deadline(timeout));
                }
            };
        }

        @Override
        String state() {
            return isAlive() ? "started" : "stopped";
        }
    }
}
