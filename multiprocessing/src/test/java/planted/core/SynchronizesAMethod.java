package planted.core;

/** Holds a Java monitor for the whole of a method. */
public class SynchronizesAMethod {
    private int count;

    synchronized int next() {
        return ++count;
    }
}
