package offspring.core;

/** The pieces of {@code toString()} that Python's {@code repr} has in common for all its primitives. */
final class Repr {

    private Repr() {}

    /** Where Python prints the address: an identity of the object, good enough to tell two of them apart in a log. */
    static String at(Object object) {
        return "at 0x" + Integer.toHexString(System.identityHashCode(object));
    }

    /** {@code <offspring.core.Event at 0x1b2c: set>}. */
    static String of(Object object, String state) {
        return "<" + object.getClass().getName() + " " + at(object) + ": " + state + ">";
    }

    /** {@code <locked offspring.core.Lock object at 0x1b2c>}, with facts between the kind and the place. */
    static String ofLock(Object lock, boolean locked, String facts) {
        return "<" + (locked ? "locked " : "unlocked ") + lock.getClass().getName() + " object " + facts + at(lock)
                + ">";
    }
}
