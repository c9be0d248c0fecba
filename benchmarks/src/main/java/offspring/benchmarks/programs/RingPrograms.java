package offspring.benchmarks.programs;

import java.io.IOException;
import java.io.Serializable;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Function;
import offspring.multiprocessing.connection.Connection;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Raw bytes from one process to another through Agrona's rings in a mapped file, and the copying alone: how far the
 * physical limit is.
 *
 * <pre>
 *   ring          parent ── copy ──► file in memory ── copy ──► child          memory copy   array ──► file in memory
 *                                                                                            array ◄──
 * </pre>
 *
 * <p>A ring has 256 KiB, or room for sixteen messages if that is more. Both sides of it wait by spinning, after a hundred
 * turns by yielding; neither ever sleeps. As with our pipe, the child is told the number of messages first and answers when
 * it has them all; these two messages go through a pipe of ours, and the child sleeps at it between the runs.
 */
public final class RingPrograms {

    private static final int SMALL_RING = 1 << 18;
    private static final int SPINS_BEFORE_YIELDING = 100;
    private static final int MESSAGE = 1;

    private RingPrograms() {}

    /** Agrona's ring for one writer. */
    public static Program oneToOne(int size) throws Exception {
        return new ThroughRing(size, OneToOneRingBuffer::new);
    }

    /** Agrona's ring for many writers, used by one. */
    public static Program manyToOne(int size) throws Exception {
        return new ThroughRing(size, ManyToOneRingBuffer::new);
    }

    /** The bytes into a mapped file of the ring's size, one place after the other, and out again. */
    public static Program memoryCopy(int size) throws Exception {
        int capacity = capacity(size);
        Path file = newFile();
        MappedByteBuffer memory = map(file, capacity);
        Files.delete(file);
        byte[] from = new byte[size];
        byte[] to = new byte[size];
        return operations -> {
            long start = System.nanoTime();
            int place = 0;
            for (long i = 0; i < operations; i++) {
                memory.put(place, from);
                memory.get(place, to);
                place = (place + size) & (capacity - 1);
            }
            return System.nanoTime() - start;
        };
    }

    /** Makes a ring over a memory; travels to the child. */
    private interface MakeRing extends Function<AtomicBuffer, RingBuffer>, Serializable {}

    /** The parent writes, the child reads. */
    private static final class ThroughRing implements Program {

        private final byte[] bytes;
        private final RingBuffer ring;
        private final DirectBuffer message;
        private final IdleStrategy full = spinThenYield();
        private final Child child;

        ThroughRing(int size, MakeRing makeRing) throws Exception {
            bytes = new byte[size];
            message = new UnsafeBuffer(bytes);
            Path file = newFile();
            try {
                String name = file.toString();
                ring = makeRing.apply(memory(file, size));
                child = new Child(parent -> read(makeRing.apply(memory(Path.of(name), size)), size, parent));
                child.connection().recv();
            } finally {
                Files.delete(file);
            }
        }

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            child.connection().send(operations);
            for (long i = 0; i < operations; i++) {
                while (!ring.write(MESSAGE, message, 0, bytes.length)) {
                    full.idle();
                }
                full.reset();
            }
            long got = Objects.requireNonNull(child.connection().recv(Long.class));
            if (got != operations * bytes.length) {
                throw new IllegalStateException(operations + " messages written, " + got + " bytes read");
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws IOException {
            child.close();
        }
    }

    static void read(RingBuffer ring, int size, Connection parent) throws Exception {
        parent.send(null);
        Reader reader = new Reader(size);
        IdleStrategy empty = spinThenYield();
        while (true) {
            long messages = Objects.requireNonNull(parent.recv(Long.class));
            reader.got = 0;
            while (reader.got < messages * size) {
                empty.idle(ring.read(reader));
            }
            parent.send(reader.got);
        }
    }

    /** Copies each message out. */
    private static final class Reader implements MessageHandler {

        private final byte[] bytes;
        private long got;

        Reader(int size) {
            bytes = new byte[size];
        }

        @Override
        public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
            buffer.getBytes(index, bytes, 0, length);
            got += length;
        }
    }

    private static IdleStrategy spinThenYield() {
        return new BackoffIdleStrategy(SPINS_BEFORE_YIELDING, Long.MAX_VALUE, 1, 1);
    }

    /** A ring takes messages of at most an eighth of it. */
    private static int capacity(int size) {
        return Math.max(SMALL_RING, 16 * size);
    }

    private static AtomicBuffer memory(Path file, int size) throws IOException {
        return new UnsafeBuffer(map(file, capacity(size) + RingBufferDescriptor.TRAILER_LENGTH));
    }

    private static Path newFile() throws IOException {
        Path inMemory = Path.of("/dev/shm");
        return Files.isWritable(inMemory)
                ? Files.createTempFile(inMemory, "offspring-benchmark", ".ring")
                : Files.createTempFile("offspring-benchmark", ".ring");
    }

    private static MappedByteBuffer map(Path file, int size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        }
    }
}
