package offspring.multiprocessing.storm;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Queue;
import offspring.queue.EmptyException;

/**
 * What the processes of {@link QueueKills} do: produce numbered items with a checksum, or consume and check them; and note it in a
 * file of their own, which survives their kill.
 *
 * <pre>
 *   item   producer: 2 bytes · number: 4 bytes · checksum: 4 bytes · rest: 0 bytes to some MiB
 *   note   queue · producer · number · buffered, an int each: a whole number of notes makes a page, so a kill never halves one
 * </pre>
 *
 * <p>Nobody can wait for himself: who produces never consumes, who consumes never produces and never waits long at one queue, and
 * of each kind there are always some that are not being killed.
 */
final class QueueWork {

    static final int BOUND = 5;
    private static final int HEAD = 2 + 4 + 4;
    static final int NOTE = 16;
    private static final int LARGEST = 3 << 20;
    private static final int MOST_BUFFERED = 16;

    private QueueWork() {}

    /** The queues that all share: one without bound, one with a small bound, one that can be joined. */
    record Queues(Queue<byte[]> unbounded, Queue<byte[]> bounded, JoinableQueue<byte[]> joinable)
            implements Serializable {

        static Queues make() throws IOException {
            return new Queues(new Queue<>(), new Queue<>(BOUND), new JoinableQueue<>(50));
        }

        List<Queue<byte[]>> all() {
            return List.of(unbounded, bounded, joinable);
        }

        void close() {
            all().forEach(Queue::close);
        }
    }

    /**
     * That an item was put or was got.
     *
     * @param queue which queue, as {@link Queues#all()} counts
     * @param producer who made it
     * @param number which of its producer's items in this queue
     * @param buffered when it was put: how many items of this producer were possibly not in shared memory then
     */
    record Note(int queue, int producer, int number, int buffered) {}

    // ---- producing

    static void produce(int me, Queues queues, Path log, Path stop) throws IOException, InterruptedException {
        Random random = new Random(me);
        List<Queue<byte[]>> all = queues.all();
        int[] next = new int[all.size()];
        try (FileChannel notes = open(log)) {
            while (!Files.exists(stop)) {
                int at = random.nextInt(all.size());
                Queue<byte[]> queue = all.get(at);
                queue.put(item(me, next[at], random));
                note(notes, new Note(at, me, next[at]++, buffered(queue)));
                while (buffered(queue) > MOST_BUFFERED) { // the consumers are slower
                    LockSupport.parkNanos(50_000);
                }
            }
        }
    }

    private static int buffered(Queue<byte[]> queue) {
        return (int) queue.statistics().buffered();
    }

    private static byte[] item(int producer, int number, Random random) {
        byte[] bytes = new byte[HEAD + restOfItem(random)];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putShort((short) producer).putInt(number).putInt(checksum(bytes, producer, number));
        return bytes;
    }

    private static int restOfItem(Random random) {
        int kind = random.nextInt(100);
        if (kind < 40) {
            return random.nextInt(30);
        }
        if (kind < 90) {
            return random.nextInt(2_000);
        }
        return random.nextInt(kind < 98 ? 200_000 : LARGEST);
    }

    private static int checksum(byte[] item, int producer, int number) {
        CRC32 crc = new CRC32();
        crc.update(item, HEAD, item.length - HEAD);
        return (int) crc.getValue() + 31 * (item.length + 31 * (number + 31 * producer));
    }

    // ---- consuming

    /** Takes from all queues in turn, from each until the empty item comes that says that it is the last. */
    static void consume(int seed, Queues queues, Path log) throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<Queue<byte[]>> open = new ArrayList<>(queues.all());
        try (FileChannel notes = open(log)) {
            while (!open.isEmpty()) {
                Queue<byte[]> queue = open.get(random.nextInt(open.size()));
                byte[] item = next(queue, random);
                if (item == null) {
                    continue;
                }
                if (item.length == 0) {
                    open.remove(queue);
                } else {
                    note(notes, check(item, queues.all().indexOf(queue)));
                }
                if (queue instanceof JoinableQueue<byte[]> joinable) {
                    joinable.taskDone();
                }
            }
        }
    }

    private static byte[] next(Queue<byte[]> queue, Random random) throws InterruptedException {
        try {
            return random.nextInt(4) == 0 ? queue.getNowait() : queue.get(Duration.ofNanos(random.nextInt(500_000)));
        } catch (EmptyException e) {
            return null;
        }
    }

    private static Note check(byte[] item, int queue) {
        if (item.length >= HEAD) {
            ByteBuffer head = ByteBuffer.wrap(item);
            int producer = head.getShort();
            int number = head.getInt();
            if (head.getInt() == checksum(item, producer, number)) {
                return new Note(queue, producer, number, 0);
            }
        }
        throw new AssertionError(
                "torn: an item of " + item.length + " bytes and a wrong checksum came out of " + queue);
    }

    // ---- the notes

    private static FileChannel open(Path log) throws IOException {
        return FileChannel.open(log, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void note(FileChannel notes, Note note) throws IOException {
        notes.write(ByteBuffer.allocate(NOTE)
                .putInt(note.queue)
                .putInt(note.producer)
                .putInt(note.number)
                .putInt(note.buffered)
                .flip());
    }

    static List<Note> read(Path log) throws IOException {
        List<Note> notes = new ArrayList<>();
        if (Files.exists(log)) { // else it was killed before it came to it
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
            while (bytes.remaining() >= NOTE) {
                notes.add(new Note(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()));
            }
        }
        return notes;
    }
}
