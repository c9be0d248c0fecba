package planted.multiprocessing.internal.codec;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.ring.Climbs above =
            new planted.multiprocessing.internal.ring.Climbs();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
