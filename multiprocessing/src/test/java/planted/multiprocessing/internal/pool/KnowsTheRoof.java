package planted.multiprocessing.internal.pool;

/** A room that uses the public classes above it. */
public class KnowsTheRoof {
    private final planted.multiprocessing.Roof roof = new planted.multiprocessing.Roof();

    @Override
    public String toString() {
        return "uses " + roof;
    }
}
