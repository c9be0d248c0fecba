package planted.core;

/** Waits while it holds a Java monitor. */
public class WaitsOnAMonitor {
    private final Object monitor = new Object();

    void waits() throws InterruptedException {
        synchronized (monitor) {
            monitor.wait(1);
        }
    }
}
