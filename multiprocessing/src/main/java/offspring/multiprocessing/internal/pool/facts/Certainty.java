package offspring.multiprocessing.internal.pool.facts;

/** How far a call that failed had come. */
public enum Certainty {
    /** Nothing of it ran. */
    NEVER_STARTED,
    /** It had begun; nobody knows how far it came. */
    MAY_HAVE_RUN,
    /** It ran to its end, but its result is lost. */
    RESULT_LOST
}
