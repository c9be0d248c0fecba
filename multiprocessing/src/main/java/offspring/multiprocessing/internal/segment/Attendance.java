package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What a child writes about itself into the {@link ProcessTable}, without mapping it: that it runs, and how it ends.
 *
 * <p>A child that uses nothing shared needs no more of the table than that, and to map a file is among the dearest things that a
 * young JVM can do. On Linux a write to a file and a mapping of it are the same memory (the page cache), so the others, who have the
 * table mapped, see what is written here.
 *
 * <p><b>Who writes.</b> Only the process itself, and of each word only the low bytes that change, in one write: the state goes
 * from STARTING to RUNNING, or by way of STANDBY, in one byte, the report from 0 to its value in two, and is read when the process is gone. The file stays
 * open until then, so that the report needs no descriptor when all are used up.
 */
final class Attendance {

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final RandomAccessFile table;
    private final long self;

    private Attendance(RandomAccessFile table, long self) {
        this.table = table;
        this.self = self;
    }

    /** Whether a write to a file is seen at once by who has it mapped. */
    static boolean isPossible() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    /** The entry of this process in the table. */
    static Attendance open(Path table, long self) throws IOException {
        RandomAccessFile file = new RandomAccessFile(table.toString(), "rw");
        byte[] head = new byte[Long.BYTES];
        int length = file.read(head);
        long magic = 0;
        for (int i = 0; i < length; i++) {
            magic |= (head[i] & 0xffL) << (8 * (LITTLE ? i : Long.BYTES - 1 - i));
        }
        ProcessTable.checkMagic(table, magic);
        return new Attendance(file, self);
    }

    void setState(int state) throws IOException {
        put(ProcessTable.stateOf(self), state, 1);
    }

    void report(int report) throws IOException {
        put(ProcessTable.reportOf(self), report, 2);
    }

    /** Replaces the low bytes of the word at that offset. */
    private void put(int offset, int value, int bytes) throws IOException {
        byte[] word = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            word[LITTLE ? i : bytes - 1 - i] = (byte) (value >>> (8 * i));
        }
        table.seek(LITTLE ? offset : offset + Long.BYTES - bytes);
        table.write(word);
    }
}
