package offspring.examples.flags;

/** How a download ended. */
enum Status {
    /** The flag is here. */
    DOWNLOADED,
    /** There is no such flag. */
    NOT_FOUND,
    /** Something failed. */
    ERROR
}
