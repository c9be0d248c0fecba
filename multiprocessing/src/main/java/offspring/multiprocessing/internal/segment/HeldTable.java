package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The cells that one process holds, listed where others can read it.
 *
 * <pre>
 *   held-0 in the folder of the process     held-1, when that is full
 *     0   reference, or 0                     …
 *     8   reference, or 0
 *     …   {@value #PER_CHUNK} of them
 * </pre>
 *
 * <p>Only the process itself writes its list, under a lock of its own; a {@linkplain Cells#sweep sweep} of any process reads it.
 * How many files there are stands in the process's slot. The list counts as long as the process is alive; its folder is removed
 * with it.
 */
final class HeldTable {

    static final int PER_CHUNK = 1024;

    private final Path folder;
    private final ProcessTable processes;
    private final long self;
    private final List<Segment> chunks = new ArrayList<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    HeldTable(Path folder, ProcessTable processes, long self) {
        this.folder = folder;
        this.processes = processes;
        this.self = self;
    }

    /** Lists a cell; gives the entry's number. Called by one thread at a time. */
    int add(long reference) throws IOException {
        if (free.isEmpty()) {
            grow();
        }
        int entry = free.pop();
        chunks.get(entry / PER_CHUNK).putVolatile(entry % PER_CHUNK * 8, reference);
        return entry;
    }

    /** Takes an entry off the list. Called by one thread at a time. */
    void remove(int entry) {
        chunks.get(entry / PER_CHUNK).putVolatile(entry % PER_CHUNK * 8, 0);
        free.push(entry);
    }

    private void grow() throws IOException {
        int chunk = chunks.size();
        Files.createDirectories(folder);
        chunks.add(Segment.create(path(folder, chunk), PER_CHUNK * 8));
        processes.setHeldChunks(self, chunks.size());
        for (int i = PER_CHUNK - 1; i >= 0; i--) {
            free.push(chunk * PER_CHUNK + i);
        }
    }

    private static Path path(Path folder, int chunk) {
        return folder.resolve("held-" + chunk);
    }

    /**
     * Calls back with each cell that a process has on its list. A process that ends meanwhile holds nothing any more. Reads the files
     * instead of mapping them, since a mapping would keep the memory until the next garbage collection; an entry that changes while
     * it is read is either being given up, or will be touched.
     */
    static void forEach(Session session, long identity, LongConsumer visitor) throws IOException {
        int count = session.processes().heldChunks(identity);
        for (int chunk = 0; chunk < count; chunk++) {
            ByteBuffer entries = ByteBuffer.allocate(PER_CHUNK * 8).order(ByteOrder.nativeOrder());
            try (FileChannel channel =
                    FileChannel.open(path(session.folderOf(identity), chunk), StandardOpenOption.READ)) {
                int read = 0;
                while (read >= 0 && entries.hasRemaining()) {
                    read = channel.read(entries);
                }
            } catch (NoSuchFileException e) {
                if (session.processes().isAlive(identity)) {
                    throw e;
                }
                return;
            }
            for (int entry = 0; entry < PER_CHUNK; entry++) {
                long reference = entries.getLong(entry * 8);
                if (reference != 0) {
                    visitor.accept(reference);
                }
            }
        }
    }
}
