package offspring.multiprocessing;

/**
 * How far a call had come that failed for a reason that is not its own. It tells whether the call may be made again: only
 * the caller knows what doing it twice would mean.
 *
 * @since 0.1.0
 */
public enum Certainty {
    /** Nothing of it ran: it may be made again. */
    NEVER_STARTED,
    /** It had begun; nobody knows how far it came. */
    MAY_HAVE_RUN,
    /** It ran to its end, but its result is lost. */
    RESULT_LOST
}
