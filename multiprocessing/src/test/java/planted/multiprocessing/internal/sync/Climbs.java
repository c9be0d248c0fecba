package planted.multiprocessing.internal.sync;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.codec.Climbs above =
            new planted.multiprocessing.internal.codec.Climbs();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
