package offspring.multiprocessing.internal.codec.wire;

import java.io.IOException;

/** Lets a reader use the classes that a message names, or refuses. */
@FunctionalInterface
public interface Gate {

    /**
     * The class of that name.
     *
     * @param name as {@link Class#getName()} gives it
     * @return the class, not initialized
     * @throws IOException when it is unknown here, or not allowed
     */
    Class<?> admit(String name) throws IOException;
}
