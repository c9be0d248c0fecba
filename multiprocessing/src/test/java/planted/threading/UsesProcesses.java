package planted.threading;

/** threading uses multiprocessing. */
public class UsesProcesses {
    private final planted.multiprocessing.Roof above = new planted.multiprocessing.Roof();

    @Override
    public String toString() {
        return "uses " + above;
    }
}
