package planted.core;

/** The lowest module uses one above it. */
public class UsesQueue {
    private final planted.queue.UsesFutures above = new planted.queue.UsesFutures();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
