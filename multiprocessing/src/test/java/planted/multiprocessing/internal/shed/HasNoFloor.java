package planted.multiprocessing.internal.shed;

/** A room that is not in the list of floors. */
public class HasNoFloor {}
