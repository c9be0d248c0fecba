package offspring.javadoc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.LongValue;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Shared;
import offspring.multiprocessing.Value;
import offspring.multiprocessing.sharedmemory.ShareableList;
import offspring.multiprocessing.sharedmemory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of data that processes share. */
@SuppressWarnings("try") // holds are released, not used
@ExtendWith(FamilyCheck.class)
class SharedDataExamplesTest {

    @Test
    void shouldCountInAnotherProcess() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.Value
            var counter = Value.ofLong(0);
            var child = new Process(() -> counter.getAndAdd(1));
            child.start();
            child.join();
            System.out.println(counter.get()); // 1
            // endregion
            assertThat(out.lines()).containsExactly("1");
        }
    }

    @Test
    void shouldTakeTwoStepsUnderTheLock() throws Exception {
        LongValue balance = Value.ofLong(100);
        long price = 70;
        for (int i = 0; i < 2; i++) {
            // region multiprocessing.Value 2
            try (var held = balance.lock().hold()) {
                if (balance.get() >= price) {
                    balance.set(balance.get() - price);
                }
            }
            // endregion
        }
        assertThat(balance.get()).isEqualTo(30);
    }

    @Test
    void shouldChangeAValueInOneStep() throws Exception {
        // region multiprocessing.IntValue
        var tickets = Value.ofInt(100);
        int left = tickets.updateAndGet(n -> Math.max(n - 1, 0)); // 99, and never less than 0
        // endregion
        assertThat(left).isEqualTo(99);

        // region multiprocessing.LongValue
        var longest = Value.ofLong(0);
        longest.updateAndGet(seen -> Math.max(seen, 4096)); // 4096, or what another process has seen
        // endregion
        assertThat(longest.get()).isEqualTo(4096);

        // region multiprocessing.DoubleValue
        var total = Value.ofDouble(0.0);
        total.getAndAdd(0.25);
        // endregion
        assertThat(total.get()).isEqualTo(0.25);

        // region multiprocessing.BooleanValue
        var done = Value.ofBoolean(false);
        boolean first = done.compareAndSet(false, true); // true in exactly one process
        // endregion
        assertThat(first).isTrue();
        assertThat(done.compareAndSet(false, true)).isFalse();
    }

    @Test
    void shouldFillAnArrayInAnotherProcess() throws Exception {
        // region multiprocessing.Array
        var squares = Array.ofLong(10);
        var child = new Process(() -> {
            for (int i = 0; i < squares.length(); i++) {
                squares.set(i, (long) i * i);
            }
        });
        child.start();
        child.join();
        long[] all = squares.toArray();
        long[] some = squares.slice(2, 5); // 4, 9, 16
        // endregion
        assertThat(all).containsExactly(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
        assertThat(some).containsExactly(4, 9, 16);
        squares.close();
    }

    @Test
    void shouldChangeAnElementInOneStep() throws Exception {
        // region multiprocessing.ByteArray
        var text = Array.ofByte("hello".getBytes(UTF_8));
        text.set(0, (byte) 'j');
        // endregion
        assertThat(new String(text.toArray(), UTF_8)).isEqualTo("jello");

        // region multiprocessing.IntArray
        var votes = Array.ofInt(5);
        votes.getAndAdd(2, 1);
        // endregion
        assertThat(votes.toArray()).containsExactly(0, 0, 1, 0, 0);

        // region multiprocessing.LongArray
        var bytes = Array.ofLong(8);
        bytes.getAndAdd(0, 4096);
        // endregion
        assertThat(bytes.get(0)).isEqualTo(4096);

        // region multiprocessing.FloatArray
        var weights = Array.ofFloat(1_000_000);
        weights.set(7, 0.5f);
        // endregion
        assertThat(weights.get(7)).isEqualTo(0.5f);

        // region multiprocessing.DoubleArray
        var sums = Array.ofDouble(4);
        sums.getAndAdd(3, 0.25);
        // endregion
        assertThat(sums.toArray()).containsExactly(0, 0, 0, 0.25);
        for (Shared array : List.of(text, votes, bytes, weights, sums)) array.close();
    }

    @Test
    void shouldAttachToMemoryByName() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.sharedmemory.SharedMemory
            try (var memory = SharedMemory.create(1 << 20)) {
                String name = memory.name();
                var child = new Process(() -> {
                    try (var mine = SharedMemory.attach(name)) {
                        mine.buffer().putLong(8, 42L);
                    }
                });
                child.start();
                child.join();
                System.out.println(memory.buffer().getLong(8)); // 42
            }
            // endregion
            assertThat(out.lines()).containsExactly("42");
        }
    }

    @Test
    void shouldAttachToAListByName() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.sharedmemory.ShareableList
            try (var list = ShareableList.create(List.of("howdy", -273.154, 100L, true))) {
                String name = list.memory().name();
                var child = new Process(() -> {
                    try (var mine = ShareableList.attach(name)) {
                        mine.set(2, 101L);
                    }
                });
                child.start();
                child.join();
                System.out.println(list.get(2)); // 101
            }
            // endregion
            assertThat(out.lines()).containsExactly("101");
        }
    }
}
