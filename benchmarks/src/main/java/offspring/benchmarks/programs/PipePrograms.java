package offspring.benchmarks.programs;

import java.util.Objects;
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

    /** Bytes to the child, which is told their number first and answers when it has them all. */
    public static Program oneWayBytes(int size) throws Exception {
        return new WithChild(PipePrograms::countBytes) {
            private final byte[] bytes = new byte[size];

            @Override
            void work(Connection child, long operations) throws Exception {
                child.send(operations);
                for (long i = 0; i < operations; i++) {
                    child.sendBytes(bytes);
                }
                checkBack(operations * size, child.recv(Long.class));
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

    static void countBytes(Connection parent) throws Exception {
        while (true) {
            long messages = Objects.requireNonNull(parent.recv(Long.class));
            long bytes = 0;
            for (long i = 0; i < messages; i++) {
                bytes += parent.recvBytes().length;
            }
            parent.send(bytes);
        }
    }

    static void echoBytes(Connection parent) throws Exception {
        while (true) {
            parent.sendBytes(parent.recvBytes());
        }
    }
}
