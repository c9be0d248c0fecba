package planted;

/** A test that sleeps for luck, and the mark by which this tree is found. */
public final class Planted {
    private Planted() {}

    static void sleepsForLuck() throws InterruptedException {
        Thread.sleep(1);
    }
}
