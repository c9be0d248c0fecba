package planted.multiprocessing;

/** Does no harm; it is used from below. */
public class Roof {}
