package offspring.multiprocessing.internal.launch;

import java.io.IOException;

/** A child that was to get its work has ended before. */
public final class ChildGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ChildGoneException(String name, IOException cause) {
        super(name + " has ended, and was not given anything", cause);
    }
}
