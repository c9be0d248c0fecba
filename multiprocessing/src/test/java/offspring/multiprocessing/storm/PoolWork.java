package offspring.multiprocessing.storm;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the workers of {@link PoolKills} do: a numbered order, which may be the end of the worker, and a note before and after it in one file
 * for all.
 *
 * <pre>
 *   note   number · phase, an int each · pid, a long: appended by one write, so that a kill never halves one
 * </pre>
 */
final class PoolWork {

    private static final int NOTE = 16;
    private static final int LARGEST = 3 << 20;

    /** The file of the notes, in a worker, once it has noted something. Not a channel: an interrupt would close it. */
    private static FileOutputStream notes;

    private PoolWork() {}

    /** What an order makes its worker do. */
    enum Deed {
        /** Computes for a moment. */
        WORK(600),
        /** Brings and takes up to some MiB. */
        LARGE(90),
        THROW(60, Fault.THROW),
        UNSENDABLE_RESULT(40),
        UNSENDABLE_ARGUMENT(10),
        /** Its argument throws when it is decoded. */
        REFUSED_ARGUMENT(20),
        EXIT(30, Fault.EXIT),
        HALT(30, Fault.HALT),
        KILL(30, Fault.KILL),
        HEAP(25, Fault.HEAP),
        STOP(15, Fault.STOP),
        LOOP(15, Fault.LOOP),
        SLEEP(15, Fault.SLEEP);

        private final int weight;
        private final Fault fault;

        Deed(int weight) {
            this(weight, null);
        }

        Deed(int weight, Fault fault) {
            this.weight = weight;
            this.fault = fault;
        }

        boolean wantsLimit() {
            return fault != null && fault.isEndless();
        }

        /** The exit code of a worker that it ends; 0 if it ends none. */
        int exitCode() {
            return fault == null ? 0 : fault.exitCode();
        }

        boolean returns() {
            return this == WORK || this == LARGE;
        }

        static Deed any(Random random) {
            int point = random.nextInt(
                    Arrays.stream(values()).mapToInt(deed -> deed.weight).sum());
            for (Deed deed : values()) {
                point -= deed.weight;
                if (point < 0) {
                    return deed;
                }
            }
            throw new AssertionError("the weights have changed meanwhile");
        }
    }

    /**
     * What a worker is to do.
     *
     * @param number of this order, the only one with it
     * @param micros for how long it computes
     * @param load what travels with it
     * @param log where the notes go
     */
    record Order(int number, Deed deed, int micros, Object load, String log) implements Serializable {

        static Order any(int number, boolean limited, Random random, Path log) {
            Deed deed = Deed.any(random);
            if (deed.wantsLimit() && !limited) {
                deed = Deed.WORK;
            }
            int slow = random.nextInt(100);
            int micros = slow < 70 ? 0 : random.nextInt(slow < 95 ? 3_000 : 30_000);
            Object load = switch (deed) {
                case LARGE -> bytes(number);
                case UNSENDABLE_ARGUMENT -> new Object();
                case REFUSED_ARGUMENT -> new Refused(number);
                default -> null;
            };
            return new Order(number, deed, micros, load, log.toString());
        }

        /** The same without its load. */
        Order light() {
            return new Order(number, deed, micros, null, log);
        }

        @Override
        public String toString() {
            return number + " (" + deed + ")";
        }
    }

    /** An argument that cannot be decoded. */
    private static final class Refused implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int number;

        Refused(int number) {
            this.number = number;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            throw new IllegalArgumentException(refusal(number));
        }
    }

    /** What an order gives. */
    record Product(int number, Object load) implements Serializable {

        boolean isOf(Order order) {
            return number == order.number
                    && (order.deed != Deed.LARGE || Arrays.equals((byte[]) load, turned(bytes(number))));
        }
    }

    static String refusal(int number) {
        return "refused " + number;
    }

    static String complaint(int number) {
        return "thrown by " + number;
    }

    // ---- in a worker

    static Product perform(Order order) throws Exception {
        note(order, Phase.BEGUN);
        spin(order.micros);
        Object load = null;
        if (order.deed.fault != null) {
            order.deed.fault.strike(complaint(order.number));
        } else if (order.deed == Deed.LARGE) {
            load = turned((byte[]) order.load);
        } else if (order.deed == Deed.UNSENDABLE_RESULT) {
            load = new Object();
        }
        note(order, Phase.ENDED);
        return new Product(order.number, load);
    }

    private static void spin(int micros) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < micros * 1000L) {
            Thread.onSpinWait();
        }
    }

    private static byte[] bytes(int number) {
        Random random = new Random(number);
        byte[] bytes = new byte[random.nextInt(random.nextInt(4) == 0 ? LARGEST : 100_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = (byte) ~bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    // ---- the notes

    enum Phase {
        BEGUN,
        ENDED
    }

    /** That a worker has begun or ended an order. */
    record Note(int number, Phase phase, long pid) {}

    private static void note(Order order, Phase phase) throws IOException {
        if (notes == null) {
            notes = new FileOutputStream(order.log, true);
        }
        notes.write(ByteBuffer.allocate(NOTE)
                .putInt(order.number)
                .putInt(phase.ordinal())
                .putLong(ProcessHandle.current().pid())
                .array());
    }

    static List<Note> read(Path log) throws IOException {
        List<Note> all = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
        if (bytes.remaining() % NOTE != 0) {
            throw new AssertionError("a torn note in " + log + ": it has " + bytes.remaining() + " bytes");
        }
        while (bytes.hasRemaining()) {
            all.add(new Note(bytes.getInt(), Phase.values()[bytes.getInt()], bytes.getLong()));
        }
        return all;
    }
}
