package offspring.multiprocessing;

/**
 * How far a call had come that failed. It tells whether the call may be made again: only the caller knows what doing it twice
 * would mean. {@link WorkerTrace#certainty()} has it for every failure that comes from a worker.
 *
 * @since 0.1.0
 */
public enum Certainty {
    /** Nothing of it ran: it may be made again. */
    NEVER_STARTED,
    /** It had begun; nobody knows how far it came. */
    MAY_HAVE_RUN,
    /** It ran, up to the throw of the exception that is its failure, or until there was no more memory. */
    THREW,
    /** It ran to its end, but its result is lost. */
    RESULT_LOST
}
