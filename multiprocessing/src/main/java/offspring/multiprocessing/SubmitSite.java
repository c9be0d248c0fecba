package offspring.multiprocessing;

import java.util.Arrays;

/** Where a call was submitted: the stack of the calling thread, from the user's code on. */
final class SubmitSite {

    private static final String HOUSE = "offspring.";

    private SubmitSite() {}

    /** The stack from here, without what this library, and the JDK for it, has put on it. */
    static StackTraceElement[] here() {
        StackTraceElement[] all = new Throwable().getStackTrace();
        int from = 0;
        while (from < all.length && isOurs(all[from].getClassName())) {
            from++;
        }
        return from == all.length ? all : Arrays.copyOfRange(all, from, all.length);
    }

    private static boolean isOurs(String className) {
        return className.startsWith("java.")
                || className.startsWith(HOUSE + "multiprocessing.Process")
                || className.startsWith(HOUSE + "multiprocessing.SubmitSite")
                || className.startsWith(HOUSE + "futures.");
    }
}
