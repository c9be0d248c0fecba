package offspring.multiprocessing.internal.ring;

import java.io.IOException;

/** This process has closed its end while, or before, it was used. */
public final class ClosedEndException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says so. */
    public ClosedEndException() {
        super("this end is closed");
    }
}
