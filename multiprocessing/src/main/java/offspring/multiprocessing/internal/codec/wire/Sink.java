package offspring.multiprocessing.internal.codec.wire;

/**
 * Takes the bytes of one message, piece by piece and in order.
 *
 * @param <X> what the sink may throw, {@link InterruptedException} of a full ring for example
 */
@FunctionalInterface
public interface Sink<X extends Exception> {

    /**
     * Takes the next piece; the array belongs to the caller again when the method returns.
     *
     * @param bytes where the piece lies
     * @param offset where it begins
     * @param length how long it is, more than zero
     * @throws X when the piece cannot be taken
     */
    void write(byte[] bytes, int offset, int length) throws X;
}
