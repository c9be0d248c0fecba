package offspring.multiprocessing.connection;

/**
 * The buffer is too small for the message: Python's {@code multiprocessing.BufferTooShort}.
 *
 * <p>The message has been taken from the connection; {@link #message()} has it.
 *
 * @since 0.1.0
 */
public class BufferTooShortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The whole message. */
    private final byte[] message;

    /**
     * Made by {@link Connection#recvBytesInto}.
     *
     * @param message the whole message
     * @param room how many bytes the buffer had room for
     */
    public BufferTooShortException(byte[] message, int room) {
        super("the message has " + message.length + " bytes, the buffer has room for " + room
                + "; message() of this exception has all of it");
        this.message = message.clone();
    }

    /**
     * The message that did not fit: Python's {@code args[0]}.
     *
     * @return a copy of the whole message
     */
    public byte[] message() {
        return message.clone();
    }
}
