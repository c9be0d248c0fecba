package offspring.examples.threads;

import java.io.IOException;

/**
 * Somebody who works on what is sent to it, in the order in which it is sent. Its methods are a part of those of a connection, so
 * that a sender need not know whether the worker is a thread or a process.
 */
public interface Worker {

    /**
     * Starts it.
     *
     * @throws IOException if there is no room for it
     */
    void start() throws IOException;

    /**
     * Hands it something to work on.
     *
     * @param item what
     * @throws InterruptedException if the caller is interrupted
     */
    void send(String item) throws InterruptedException;

    /**
     * Tells it that nothing more comes, and waits until it has worked on everything.
     *
     * @throws InterruptedException if the caller is interrupted
     */
    void close() throws InterruptedException;

    /**
     * The sender: the same code for each worker.
     *
     * @param worker who shall work; is started and closed here
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the caller is interrupted
     */
    static void employ(Worker worker) throws IOException, InterruptedException {
        worker.start();
        worker.send("hello");
        worker.send("world");
        worker.close();
    }
}
