package offspring.multiprocessing.storm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What goes wrong in a worker. */
public enum Fault {
    THROW,
    /** The orderly end of the JVM, with the code {@value #EXIT_CODE}. */
    EXIT,
    /** The abrupt end of the JVM, with the code {@value #HALT_CODE}. */
    HALT,
    KILL,
    HEAP,
    /** The process stops itself with SIGSTOP; only a time limit ends it. */
    STOP,
    /** Only a time limit ends it, and not by an interrupt. */
    LOOP,
    /** A time limit ends it with an interrupt. */
    SLEEP;

    public static final int EXIT_CODE = 3;
    public static final int HALT_CODE = 4;

    /** Whether only a time limit ends it. */
    public boolean isEndless() {
        return this == STOP || this == LOOP || this == SLEEP;
    }

    /** The exit code of the process that ends by it; 0 if it does not end. */
    public int exitCode() {
        return switch (this) {
            case EXIT -> EXIT_CODE;
            case HALT -> HALT_CODE;
            case KILL -> -9;
            default -> 0;
        };
    }

    /**
     * Lets it happen to this process.
     *
     * @param complaint what {@link #THROW} says
     */
    public void strike(String complaint) throws IOException, InterruptedException {
        switch (this) {
            case THROW -> throw new IllegalStateException(complaint);
            case EXIT -> System.exit(EXIT_CODE);
            case HALT -> Runtime.getRuntime().halt(HALT_CODE);
            case KILL, STOP -> {
                Signals.send(ProcessHandle.current().pid(), name());
                new CountDownLatch(1).await();
            }
            case SLEEP -> new CountDownLatch(1).await();
            case LOOP -> loop();
            case HEAP -> hog();
        }
    }

    private static void loop() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void hog() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }
}
