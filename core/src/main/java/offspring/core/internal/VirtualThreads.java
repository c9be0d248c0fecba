package offspring.core.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Java 21's virtual threads, found at run time by code that is compiled for Java 17. */
public final class VirtualThreads {

    private static final int FIRST_WITH_VIRTUAL = 21;

    /** {@code Thread.isVirtual()}, cheap enough to be asked in every join; null on a JVM without. */
    private static final @Nullable MethodHandle IS_VIRTUAL = isSupported() ? findIsVirtual() : null;

    private VirtualThreads() {}

    /** Whether this JVM has them for everybody; in 19 and 20 they were a preview. */
    public static boolean isSupported() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
    }

    /** Refuses, with advice, on a JVM without. */
    public static void requireSupport() {
        if (!isSupported()) {
            throw new UnsupportedOperationException(
                    "virtual threads need Java " + FIRST_WITH_VIRTUAL + " or newer, and this is " + Runtime.version()
                            + "; run on a newer JVM or leave out virtual(true)");
        }
    }

    /** Whether the given thread is virtual. */
    public static boolean isVirtual(Thread thread) {
        MethodHandle isVirtual = IS_VIRTUAL;
        try {
            return isVirtual != null && (boolean) isVirtual.invokeExact(thread);
        } catch (Throwable impossible) {
            throw new AssertionError("Thread.isVirtual() threw", impossible);
        }
    }

    /** A virtual thread that is not started yet. */
    public static Thread unstarted(String name, Runnable body) {
        requireSupport();
        try {
            return (Thread) Factory.UNSTARTED.invokeExact(name, body);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new AssertionError("Thread.ofVirtual() threw", impossible);
        }
    }

    private static MethodHandle findIsVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Looked up only when the first virtual thread is wanted. */
    private static final class Factory {

        /** {@code (name, body) -> Thread.ofVirtual().name(name).unstarted(body)}. */
        static final MethodHandle UNSTARTED = find();

        private static MethodHandle find() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
                MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
                MethodHandle name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
                MethodHandle unstarted =
                        lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
                MethodHandle first = ofVirtual.asType(MethodType.methodType(builder));
                MethodHandle named = MethodHandles.foldArguments(name, first);
                return MethodHandles.collectArguments(unstarted, 0, named);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
