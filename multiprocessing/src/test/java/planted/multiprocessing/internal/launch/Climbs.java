package planted.multiprocessing.internal.launch;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.pool.KnowsTheRoof above =
            new planted.multiprocessing.internal.pool.KnowsTheRoof();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
