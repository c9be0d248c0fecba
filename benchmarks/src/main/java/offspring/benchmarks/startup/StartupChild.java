package offspring.benchmarks.startup;

import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;

/** The targets of the children that are measured. They mark their steps by the first use of a class, which the JVM can log. */
final class StartupChild {

    private StartupChild() {}

    /** Its first use is where the target begins. */
    private static final class Begun {
        static void mark() {}
    }

    /** Its first use is where the message has left. */
    private static final class Sent {
        static void mark() {}
    }

    /** A target that captures nothing and shares nothing. */
    static CheckedRunnable sharingNothing() {
        return () -> Begun.mark();
    }

    /** A target that sends one number through a pipe. */
    static CheckedRunnable sending(Connection pipe) {
        return () -> {
            Begun.mark();
            pipe.send(1);
            Sent.mark();
        };
    }

    static String begun() {
        return Begun.class.getName();
    }

    static String sent() {
        return Sent.class.getName();
    }
}
