package offspring.benchmarks.compare;

import com.fasterxml.jackson.annotation.JsonValue;

/** In which state of the contenders a row is measured. */
public enum Figure {

    /** Compiled, and both sides awake: after seconds of the same work. */
    WARM("warm"),

    /** The first operations of a fresh process: what a program that ends soon sees. */
    FIRST("first"),

    /** One operation after a second without any, on warm contenders: both sides sleep. */
    IDLE("after 1 s idle");

    private final String title;

    Figure(String title) {
        this.title = title;
    }

    /** The word of the table. */
    @JsonValue
    public String title() {
        return title;
    }
}
