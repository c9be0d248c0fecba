package offspring.benchmarks.programs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import offspring.core.function.CheckedConsumer;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;

/** A child process that serves its end of a pipe until the parent closes the other. */
public final class Child implements AutoCloseable {

    private final Connection connection;
    private final Process process;

    /**
     * Starts the child, and waits until it is up.
     *
     * @param service what it does with its end of the pipe
     * @throws Exception if it does not start
     */
    public Child(CheckedConsumer<Connection> service) throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        connection = pipe.first();
        process = new Process(() -> serve(service, there));
        process.start();
        there.close();
        connection.recv(); // the child is up: its start is another row
    }

    private static void serve(CheckedConsumer<Connection> service, Connection parent) throws Exception {
        try (parent) {
            parent.send(null);
            service.acceptChecked(parent);
        } catch (EOFException parentIsDone) {
            // the normal end
        }
    }

    /** The parent's end of the pipe. */
    public Connection connection() {
        return connection;
    }

    /** The child's process id. */
    long pid() {
        return process.pid().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        try {
            process.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the child at the other end of the pipe had ended");
        }
        int exitCode = process.exitcode().orElseThrow();
        if (exitCode != 0) {
            throw new IOException("the child at the other end of the pipe ended with code " + exitCode);
        }
    }
}
