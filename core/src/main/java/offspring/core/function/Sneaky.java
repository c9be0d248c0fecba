package offspring.core.function;

/** Throws a checked exception where the signature has no room for it. */
final class Sneaky {

    private Sneaky() {}

    /** Never returns; the return type lets the caller write {@code throw rethrow(e)}, which the compiler understands. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException rethrow(Throwable failure) throws X {
        throw (X) failure;
    }
}
