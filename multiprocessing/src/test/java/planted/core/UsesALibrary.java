package planted.core;

import org.awaitility.Awaitility;

/** Uses a library that published modules must not use. */
public class UsesALibrary {
    void uses() {
        Awaitility.reset();
    }
}
