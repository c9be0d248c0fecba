package offspring.benchmarks.programs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import offspring.core.function.CheckedConsumer;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;

/** A child that serves its end of a pipe until the parent closes the other. */
abstract class WithChild implements Program {

    private final Connection child;
    private final Process process;

    WithChild(CheckedConsumer<Connection> service) throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        child = pipe.first();
        process = new Process(() -> serve(service, there));
        process.start();
        there.close();
    }

    private static void serve(CheckedConsumer<Connection> service, Connection parent) throws Exception {
        try (parent) {
            service.acceptChecked(parent);
        } catch (EOFException parentIsDone) {
            // the normal end
        }
    }

    abstract void work(Connection child, long operations) throws Exception;

    @Override
    public final long run(long operations) throws Exception {
        long start = System.nanoTime();
        work(child, operations);
        return System.nanoTime() - start;
    }

    @Override
    public final void close() throws IOException {
        child.close();
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
