package planted.futures;

import org.awaitility.Awaitility;

/** Has the name of a class that may use one optional library, and uses another one. */
public class ConsoleBar {
    void uses() {
        Awaitility.reset();
    }
}
