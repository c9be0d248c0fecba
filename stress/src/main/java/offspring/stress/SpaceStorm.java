package offspring.stress;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.Value;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Session;

/**
 * Makes and drops shared objects of each kind, closes some and leaves others to the garbage collector, sends every hundredth to a child
 * and back, and prints how large the session is. Fails if it grows from the half to the end. Argument: how many of each kind (100,000).
 */
public final class SpaceStorm {

    private static final long SOME_BYTES = 8 << 20;

    private SpaceStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        Process child = new Process(() -> echo(there));
        child.start();
        there.close();
        long half = 0;
        long most = 0;
        for (int i = 0; i < count; i++) {
            List<Object> all = List.of(new Lock(), Value.ofLong(i), Pipe.oneWay(), new Queue<String>());
            if (i % 100 == 0) {
                Pipe sent = (Pipe) all.get(2);
                pipe.first().send(List.of(all.get(0), all.get(1), sent.first(), sent.second(), all.get(3)));
                pipe.first().recv();
            }
            if (i % 2 == 0) {
                close(all);
            }
            if (i % 1000 == 0) {
                most = Math.max(most, bytes());
            }
            if (i == count / 2) {
                half = settledBytes();
            }
        }
        pipe.first().send(null);
        child.join();
        long end = settledBytes();
        System.out.printf(
                "%d of each kind: %d KiB after the half, %d KiB in the end, %d KiB at most%n",
                count, half >> 10, end >> 10, most >> 10);
        if (end > half + SOME_BYTES) {
            throw new AssertionError("the session has grown");
        }
    }

    private static void echo(Connection parent) throws Exception {
        for (Object message = parent.recv(); message != null; message = parent.recv()) {
            parent.send(message);
        }
    }

    private static void close(List<Object> all) throws Exception {
        for (Object one : all) {
            ((AutoCloseable) one).close();
        }
    }

    /** The size when the collector has found what was dropped. What it finds is removed by a thread of the JVM, which takes a while. */
    private static long settledBytes() throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            System.gc();
            java.lang.Thread.sleep(500);
            least = Math.min(least, bytes());
        }
        return least;
    }

    private static long bytes() throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(Session.current().directory(), new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException removedMeanwhile) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
