package offspring.guide;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import offspring.core.Thread;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.IntArray;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.LongValue;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Value;
import offspring.multiprocessing.sharedmemory.SharedMemory;

/** The Java of docs/guide/sharing-state.md, run by {@link GuideTest}. */
@SuppressWarnings("try") // holds are released, not used
final class SharingStateExamples {

    private SharingStateExamples() {}

    // region copies
    static int visits; // a field of this JVM; a child has one of its own

    static void copies(PrintStream out) throws Exception {
        Process child = new Process(() -> visits = 100);
        child.start();
        child.join();
        out.println(visits); // 0
    }
    // endregion

    static void threads(PrintStream out) throws Exception {
        // region threads
        var lock = new offspring.core.Lock();
        int[] balance = {100};
        Thread buyer = new Thread(() -> {
            try (var held = lock.hold()) { // with lock:
                balance[0] -= 30;
            } // released here, whatever happened
        });
        buyer.start();
        try (var held = lock.hold()) {
            balance[0] -= 20;
        }
        buyer.join();
        out.println(balance[0]); // 50
        // endregion
    }

    static void value(PrintStream out) throws Exception {
        // region value
        LongValue counter = Value.ofLong(0);
        Process child = new Process(() -> {
            for (int i = 0; i < 1_000; i++) counter.getAndAdd(1); // one step: needs no lock
        });
        child.start();
        for (int i = 0; i < 1_000; i++) counter.getAndAdd(1);
        child.join();
        out.println(counter.get()); // 2000
        // endregion
    }

    static void steps(PrintStream out) throws Exception {
        // region steps
        LongValue balance = Value.ofLong(100);
        Process buyer = new Process(() -> buy(balance, 70));
        buyer.start();
        buy(balance, 70);
        buyer.join();
        out.println(balance.get()); // 30
        // endregion
    }

    // region buy
    static void buy(LongValue balance, long price) throws InterruptedException {
        try (var held = balance.lock().hold()) { // to look and to take are two steps
            if (balance.get() >= price) balance.set(balance.get() - price);
        }
    }
    // endregion

    static void array(PrintStream out) throws Exception {
        // region array
        IntArray squares = Array.ofInt(1_000);
        Process upper = new Process(() -> fill(squares, 500, 1_000));
        upper.start();
        fill(squares, 0, 500);
        upper.join();
        out.println(squares.get(30) + " " + squares.get(999)); // 900 998001
        // endregion
    }

    // region fill
    static void fill(IntArray squares, int from, int to) {
        int[] part = new int[to - from];
        for (int i = from; i < to; i++) part[i - from] = i * i;
        squares.setSlice(from, part); // one copy in place of 500 calls
    }
    // endregion

    static void memory(PrintStream out) throws Exception {
        // region memory
        try (SharedMemory memory = SharedMemory.create(1 << 20)) {
            Process child = new Process(() -> {
                ByteBuffer bytes = memory.buffer();
                bytes.putLong(8, 42);
            });
            child.start();
            child.join(); // what the child wrote is seen after this
            out.println(memory.buffer().getLong(8)); // 42
        }
        // endregion
    }

    static void abandoned(PrintStream out) throws Exception {
        // region abandoned
        Lock lock = new Lock();
        Process child = new Process(() -> {
            lock.acquire();
            Runtime.getRuntime().halt(1); // dies with the lock
        });
        child.start();
        child.join();
        try (var held = lock.hold()) { // does not wait for ever
            if (lock.abandoned()) out.println("repair first"); // repair first
        }
        // endregion
    }

    static void close(PrintStream out) throws IOException {
        // region close
        try (LongValue counter = Value.ofLong(7)) {
            out.println(counter.getAndAdd(1)); // 7
        } // gives its memory back now; else when the garbage collector finds it
        // endregion
    }
}
