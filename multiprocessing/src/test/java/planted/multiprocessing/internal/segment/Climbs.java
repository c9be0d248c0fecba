package planted.multiprocessing.internal.segment;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.parking.Climbs above =
            new planted.multiprocessing.internal.parking.Climbs();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
