package offspring.multiprocessing.storm;

import offspring.core.function.CheckedRunnable;

/** A thread of a storm, which must come to its end in time, and without a failure. */
final class Driver {

    private final Thread thread;
    private volatile Throwable failure;

    Driver(CheckedRunnable work) {
        thread = new Thread(() -> drive(work), "driver");
        thread.setDaemon(true);
        thread.start();
    }

    private void drive(CheckedRunnable work) {
        try {
            work.runChecked();
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Waits for its end; {@code what} says, in a failure, what was stormed. */
    void await(String what, long deadline) throws InterruptedException {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
            throw new AssertionError("not all is done in time: " + what + "\n" + Remains.allStacks());
        }
        if (failure != null) {
            throw new AssertionError("something ended in a way in which nothing may end: " + what, failure);
        }
    }
}
