package offspring.core.internal;

import java.util.OptionalLong;
import offspring.core.Thread;
import org.jspecify.annotations.Nullable;

/**
 * A thread that Offspring did not start: the {@link MainThread}, or a {@link DummyThread} for any other {@code
 * java.lang.Thread} that asks who it is. Renaming one renames only this object, for the thread below belongs to others.
 */
abstract class ForeignThread extends Thread {

    /** Null only for a main thread that had ended before anybody asked for it. */
    private final java.lang.@Nullable Thread below;

    private volatile long nativeId;

    ForeignThread(String name, java.lang.@Nullable Thread below) {
        super(null, name);
        this.below = below;
    }

    /** Whether this stands for the given thread. */
    final boolean represents(java.lang.Thread thread) {
        return below == thread;
    }

    @Override
    public void start() {
        throw new IllegalStateException(name() + " cannot be started: it is a thread that Offspring did not make");
    }

    @Override
    public boolean isAlive() {
        return below != null && below.isAlive();
    }

    @Override
    public OptionalLong ident() {
        return below == null ? OptionalLong.empty() : OptionalLong.of(below.getId());
    }

    @Override
    public OptionalLong nativeId() {
        if (nativeId == 0 && below == java.lang.Thread.currentThread()) {
            nativeId = NativeIds.current().orElse(0);
        }
        return nativeId == 0 ? OptionalLong.empty() : OptionalLong.of(nativeId);
    }

    @Override
    public void setDaemon(boolean daemon) {
        throw new IllegalStateException("cannot set daemon=" + daemon + " on " + name() + ": it was started long ago");
    }

    @Override
    public boolean isVirtual() {
        return below != null && VirtualThreads.isVirtual(below);
    }

    @Override
    public java.lang.Thread toJavaThread() {
        if (below == null) {
            throw new IllegalStateException(name() + " has ended, and the JVM has forgotten its java.lang.Thread");
        }
        return below;
    }
}
