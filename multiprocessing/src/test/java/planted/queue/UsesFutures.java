package planted.queue;

/** queue uses threading's second package. */
public class UsesFutures {
    private final planted.futures.AFuture above = new planted.futures.AFuture();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
