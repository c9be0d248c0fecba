package offspring.multiprocessing.internal.ring;

import java.io.IOException;

/** The next message is longer than the reader allows; it is still there. */
public final class MessageTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    MessageTooLongException(int length, int longest) {
        super("bad message length: the next message has " + length + " bytes, at most " + longest + " are allowed");
    }
}
