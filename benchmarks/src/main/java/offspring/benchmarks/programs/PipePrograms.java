package offspring.benchmarks.programs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import offspring.core.function.CheckedConsumer;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Messages between this JVM and a child that lives as long as the program.
 *
 * <pre>
 *   round trip, echo    parent ══ message ══► child        one way    parent ══ n messages ══► child
 *                              ◄══ the same ══                               ◄══ the count ════
 * </pre>
 */
public final class PipePrograms {

    private static final int MEBIBYTE = 1 << 20;

    /** What the child answers in the one-way program. */
    private static final Integer LAST = -1;

    private PipePrograms() {}

    /** An int there and back. */
    public static Program roundTrip() throws Exception {
        return new WithChild(PipePrograms::echoObjects) {
            @Override
            void work(Connection child, long operations) throws Exception {
                for (long i = 0; i < operations; i++) {
                    Integer sent = (int) i;
                    child.send(sent);
                    checkBack(sent, child.recv(Integer.class));
                }
            }
        };
    }

    /** Ints to the child, which answers the last one of a run with their number. */
    public static Program oneWay() throws Exception {
        return new WithChild(PipePrograms::countObjects) {
            @Override
            void work(Connection child, long operations) throws Exception {
                for (long i = 1; i < operations; i++) {
                    child.send((int) i & Integer.MAX_VALUE);
                }
                child.send(LAST);
                checkBack(operations, child.recv(Long.class));
            }
        };
    }

    /** A mebibyte of bytes there and back. */
    public static Program echoMebibyte() throws Exception {
        return new WithChild(PipePrograms::echoBytes) {
            private final byte[] bytes = new byte[MEBIBYTE];

            @Override
            void work(Connection child, long operations) throws Exception {
                for (long i = 0; i < operations; i++) {
                    child.sendBytes(bytes);
                    checkBack(MEBIBYTE, child.recvBytes().length);
                }
            }
        };
    }

    private static void checkBack(Object expected, @Nullable Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("expected " + expected + " back from the child, got " + actual);
        }
    }

    static void echoObjects(Connection parent) throws Exception {
        while (true) {
            parent.send(parent.recv());
        }
    }

    static void countObjects(Connection parent) throws Exception {
        long count = 0;
        while (true) {
            count++;
            if (LAST.equals(parent.recv())) {
                parent.send(count);
                count = 0;
            }
        }
    }

    static void echoBytes(Connection parent) throws Exception {
        while (true) {
            parent.sendBytes(parent.recvBytes());
        }
    }

    /** A child that serves its end of a pipe until the parent closes the other. */
    private abstract static class WithChild implements Program {

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
}
