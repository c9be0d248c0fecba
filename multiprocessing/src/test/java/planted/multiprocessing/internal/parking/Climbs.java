package planted.multiprocessing.internal.parking;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.sync.Climbs above =
            new planted.multiprocessing.internal.sync.Climbs();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
