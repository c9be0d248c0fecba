package planted.multiprocessing.internal.queues;

/** Uses the floor above. */
public class Climbs {
    private final planted.multiprocessing.internal.launch.Climbs above =
            new planted.multiprocessing.internal.launch.Climbs();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
