package offspring.javadoc;

import java.io.Serializable;

/** What the examples fetch and show. */
record Page(String address, String text) implements Serializable {

    static Page fetch(String address) {
        return new Page(address, "the page at " + address);
    }
}
