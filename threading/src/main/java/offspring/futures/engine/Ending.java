package offspring.futures.engine;

/** How pools and executors end, said once. */
final class Ending {

    private Ending() {}

    /** Closes and waits; an interrupt terminates instead, and is there again on return. */
    static void close(Engine engine) {
        engine.close();
        boolean interrupted = false;
        while (true) {
            try {
                engine.awaitEnd(Long.MAX_VALUE);
                break;
            } catch (InterruptedException e) {
                if (!interrupted) {
                    interrupted = true;
                    engine.terminate();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static int checkedAtLeastOne(String name, int value, String advice) {
        if (value < 1) {
            throw new IllegalArgumentException(name + "=" + value + " is less than 1; " + advice);
        }
        return value;
    }

    static int checkedChunksize(int chunksize) {
        return checkedAtLeastOne("chunksize", chunksize, "give how many items go to a worker at a time");
    }

    static int checkedBuffersize(int buffersize) {
        return checkedAtLeastOne("buffersize", buffersize, "give how many items may be read ahead");
    }
}
