package offspring.integration.open;

import java.io.Serializable;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;

/** Work that captures a record, in a package that is open to the library. */
public final class OpenWork {

    /**
     * A record that travels.
     *
     * @param text anything
     * @serial exclude
     */
    public record Word(String text) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private OpenWork() {}

    /**
     * Sends back the record that it has captured.
     *
     * @param word what it captures
     * @param answers where it sends it
     * @return the work
     */
    public static CheckedRunnable echo(Word word, Connection answers) {
        return () -> answers.send(word);
    }
}
