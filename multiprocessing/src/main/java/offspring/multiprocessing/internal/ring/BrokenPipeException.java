package offspring.multiprocessing.internal.ring;

import java.io.IOException;

/** Nobody holds the end any more that would receive what is sent. */
public final class BrokenPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenPipeException() {
        super("all holders of the other end have closed it or ended; nothing can be sent any more");
    }
}
