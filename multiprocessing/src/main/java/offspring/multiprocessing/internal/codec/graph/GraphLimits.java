package offspring.multiprocessing.internal.codec.graph;

/**
 * What a graph may cost to decode, whatever its bytes claim.
 *
 * <p>Array lengths need no limit of their own: they are compared with the bytes of the message.
 *
 * @param maxDepth how deep objects may nest, 1 for an object whose fields hold none
 * @param maxReferences how many objects and back references there may be
 * @param maxBytes how long the message may be
 */
public record GraphLimits(long maxDepth, long maxReferences, long maxBytes) {

    /** Inside a session: nothing that memory and stack do not limit. */
    public static final GraphLimits SESSION = new GraphLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Refuses limits that no message could keep. */
    public GraphLimits {
        positive(maxDepth, "maxDepth");
        positive(maxReferences, "maxReferences");
        positive(maxBytes, "maxBytes");
    }

    private static void positive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " = " + value + "; give 1 or more");
        }
    }
}
