package offspring.multiprocessing.internal.codec.wire;

/**
 * Gives the bytes of one message, piece by piece and in order.
 *
 * @param <X> what the source may throw, {@link InterruptedException} of an empty ring for example
 */
@FunctionalInterface
public interface Source<X extends Exception> {

    /**
     * Fills the piece asked for, wholly.
     *
     * @param target where the bytes go
     * @param offset where the first one goes
     * @param length how many, more than zero
     * @throws X when that many bytes cannot be given
     */
    void read(byte[] target, int offset, int length) throws X;
}
