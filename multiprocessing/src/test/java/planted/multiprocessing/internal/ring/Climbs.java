package planted.multiprocessing.internal.ring;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.queues.Climbs above =
            new planted.multiprocessing.internal.queues.Climbs();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
