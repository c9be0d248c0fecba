package offspring.multiprocessing.storm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;

/**
 * Processes that send through one pipe and processes that receive from it, and a killer who sends SIGKILL to one of them at
 * a random moment and starts another in its place.
 *
 * <p>A message says who sent it and which of the sender's it is, and carries a checksum. Each process keeps a log file: a
 * sender notes each message when {@code send} has returned, a receiver when it has received it. A write to a file survives the
 * kill of its writer. In the end the logs are compared:
 *
 * <ul>
 *   <li>torn: a message whose checksum is wrong; its receiver ends with an error
 *   <li>in order: what one receiver got from one sender has growing numbers
 *   <li>twice: a message in two logs, or two times in one
 *   <li>lost: sent, but received by nobody; at most one for each receiver that was killed, which it was working on
 * </ul>
 */
public final class PipeKills {

    private static final int SENDERS = 3;
    private static final int RECEIVERS = 2;
    private static final int HEAD = 4 + 4 + 8;
    private static final int LARGEST = 600_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Random random;
    private final Pipe pipe;
    private final List<Process> senders = new ArrayList<>();
    private final List<Process> receivers = new ArrayList<>();
    private final Path[] senderLogs = new Path[SENDERS];
    private final Path[] receiverLogs = new Path[RECEIVERS];
    private int sendersStarted;
    private int receiversStarted;
    private int receiversKilled;

    private PipeKills(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.pipe = Pipe.oneWay();
    }

    /** What has happened in a storm that kept all promises. */
    public record Outcome(int kills, long received, long lost, int receiversKilled, Duration took) {}

    /**
     * Storms.
     *
     * @param folder where the logs go; empty
     * @param kills how many processes are killed
     * @param seed decides who is killed when
     * @throws AssertionError if a promise is broken, or the survivors do not come to an end
     */
    public static Outcome storm(Path folder, int kills, long seed) throws IOException, InterruptedException {
        PipeKills storm = new PipeKills(folder, seed);
        long start = System.nanoTime();
        storm.kill(kills);
        storm.end();
        return storm.judge(kills, Duration.ofNanos(System.nanoTime() - start));
    }

    // ---- the processes

    private Process startSender(int index) throws IOException {
        int me = sendersStarted++;
        senderLogs[index] = folder.resolve("sent-" + me);
        String log = senderLogs[index].toString();
        String stop = stopFile().toString();
        Connection to = pipe.second();
        Process process = new Process(() -> send(me, to, Path.of(log), Path.of(stop)), "sender-" + me);
        process.start();
        return process;
    }

    private Process startReceiver(int index) throws IOException {
        receiverLogs[index] = folder.resolve("received-" + receiversStarted++);
        String log = receiverLogs[index].toString();
        Connection from = pipe.first();
        Process process = new Process(() -> receive(from, Path.of(log)), "receiver");
        process.start();
        return process;
    }

    private Path stopFile() {
        return folder.resolve("stop");
    }

    private static void send(int me, Connection to, Path log, Path stop) throws IOException, InterruptedException {
        Random random = new Random(me);
        try (FileChannel notes = open(log)) {
            for (int number = 0; !Files.exists(stop); number++) {
                to.sendBytes(message(me, number, random));
                note(notes, me, number);
            }
        }
    }

    private static byte[] message(int sender, int number, Random random) {
        int size = HEAD + (random.nextInt(10) == 0 ? random.nextInt(LARGEST) : random.nextInt(2000));
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(sender).putInt(number).putLong(checksum(bytes, sender, number));
        return bytes;
    }

    private static long checksum(byte[] message, int sender, int number) {
        CRC32 crc = new CRC32();
        crc.update(message, HEAD, message.length - HEAD);
        return crc.getValue() << 24 ^ (long) sender << 16 ^ number ^ (long) message.length << 8;
    }

    private static void receive(Connection from, Path log) throws IOException, InterruptedException {
        try (FileChannel notes = open(log)) {
            while (true) {
                byte[] bytes = from.recvBytes();
                ByteBuffer message = ByteBuffer.wrap(bytes);
                int sender = message.getInt();
                int number = message.getInt();
                if (message.getLong() != checksum(bytes, sender, number)) {
                    throw new AssertionError("torn: message " + number + " of sender " + sender + " arrived with "
                            + bytes.length + " bytes and a wrong checksum");
                }
                note(notes, sender, number);
            }
        } catch (EOFException end) {
            from.close();
        }
    }

    private static FileChannel open(Path log) throws IOException {
        return FileChannel.open(log, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void note(FileChannel notes, int sender, int number) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(8).putInt(sender).putInt(number).flip();
        notes.write(entry);
    }

    // ---- the killer

    private void kill(int kills) throws IOException, InterruptedException {
        for (int i = 0; i < SENDERS; i++) {
            senders.add(startSender(i));
        }
        for (int i = 0; i < RECEIVERS; i++) {
            receivers.add(startReceiver(i));
        }
        for (int i = 0; i < kills; i++) {
            int victim = random.nextInt(SENDERS + RECEIVERS);
            if (random.nextInt(8) > 0) { // else it may still be about to start
                awaitTraffic(victim < SENDERS ? senderLogs[victim] : receiverLogs[victim - SENDERS]);
            }
            LockSupport.parkNanos(random.nextInt(5_000_000));
            if (victim < SENDERS) {
                replace(senders, victim, startSender(victim));
            } else {
                receiversKilled++;
                replace(receivers, victim - SENDERS, startReceiver(victim - SENDERS));
            }
        }
    }

    private static void replace(List<Process> among, int index, Process successor) throws InterruptedException {
        Process victim = among.set(index, successor);
        victim.kill();
        if (!victim.join(PATIENCE)) {
            throw new AssertionError(victim + " was killed and does not end");
        }
        if (victim.exitcode().getAsInt() != -9) {
            throw new AssertionError(victim + " ended before it was killed; its standard error says why");
        }
    }

    /** Waits until the process that keeps this log has sent or received something. */
    private static void awaitTraffic(Path log) throws IOException {
        long start = System.nanoTime();
        while (!Files.exists(log) || Files.size(log) == 0) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("nothing flows: no entry in " + log + " within " + PATIENCE);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private void end() throws IOException, InterruptedException {
        Files.createFile(stopFile());
        pipe.close();
        List<Process> all = new ArrayList<>(senders);
        all.addAll(receivers);
        for (Process process : all) {
            if (!process.join(PATIENCE)) {
                throw new AssertionError(
                        process + " hangs; jcmd " + process.pid().getAsLong() + " Thread.print");
            }
            if (process.exitcode().getAsInt() != 0) {
                throw new AssertionError(process + " failed; its standard error says why");
            }
        }
    }

    // ---- the judge

    private Outcome judge(int kills, Duration took) throws IOException {
        Map<Long, Integer> receiver = new HashMap<>();
        for (int i = 0; i < receiversStarted; i++) {
            Map<Integer, Integer> last = new HashMap<>();
            for (long entry : entries(folder.resolve("received-" + i))) {
                int sender = (int) (entry >>> 32);
                int number = (int) entry;
                Integer before = last.put(sender, number);
                if (before != null && before >= number) {
                    throw new AssertionError("out of order: receiver " + i + " got message " + number + " of sender "
                            + sender + " after message " + before);
                }
                Integer other = receiver.put(entry, i);
                if (other != null) {
                    throw new AssertionError("twice: message " + number + " of sender " + sender + " was received by "
                            + other + " and by " + i);
                }
            }
        }
        long lost = 0;
        for (int i = 0; i < sendersStarted; i++) {
            for (long entry : entries(folder.resolve("sent-" + i))) {
                lost += receiver.containsKey(entry) ? 0 : 1;
            }
        }
        if (lost > receiversKilled) {
            throw new AssertionError("lost: " + lost + " messages, but only " + receiversKilled
                    + " receivers were killed, each of which may have taken one along");
        }
        return new Outcome(kills, receiver.size(), lost, receiversKilled, took);
    }

    private static List<Long> entries(Path log) throws IOException {
        List<Long> entries = new ArrayList<>();
        if (Files.exists(log)) { // else it was killed before it came to it
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
            while (bytes.remaining() >= 8) {
                entries.add(bytes.getLong());
            }
        }
        return entries;
    }
}
