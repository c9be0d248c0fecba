package offspring.core.internal;

import java.time.Duration;

/**
 * Stands for a {@code java.lang.Thread} that somebody else started: Python's {@code _DummyThread}. It calls itself a
 * daemon, whatever the thread below is, because nothing of Offspring waits for it; and for the same reason nobody may join
 * it.
 */
final class DummyThread extends ForeignThread {

    DummyThread(String name, java.lang.Thread below) {
        super(name, below);
    }

    @Override
    public boolean daemon() {
        return true;
    }

    @Override
    public void join() {
        throw cannotJoin();
    }

    @Override
    public boolean join(Duration timeout) {
        throw cannotJoin();
    }

    private IllegalStateException cannotJoin() {
        return new IllegalStateException("cannot join " + name()
                + ": Offspring did not start it; join its java.lang.Thread, which toJavaThread() gives");
    }
}
