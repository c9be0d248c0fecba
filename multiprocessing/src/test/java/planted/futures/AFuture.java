package planted.futures;

/** Does no harm; it is used from below. */
public class AFuture {}
