package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that processes share: elements, slices, sizes, their journeys, and that their memory is given back. */
@SuppressWarnings("try") // what is held need not be named again
@ExtendWith(FamilyCheck.class)
class ArrayTest {

    private static final int ADDITIONS = 50_000;

    @Test
    @FromCPython({"_test_multiprocessing._TestArray.test_array", "_test_multiprocessing._TestArray.test_rawarray"})
    void shouldSeeTheSumsThatAChildHasMade() throws Exception {
        int[] seq = {680, 626, 934, 821, 150, 233, 548, 982, 714, 831};
        try (var array = Array.ofInt(seq)) {
            assertThat(array.length()).isEqualTo(10);
            assertThat(array.get(3)).isEqualTo(821);
            assertThat(array.slice(2, 7)).containsExactly(934, 821, 150, 233, 548);
            array.setSlice(4, new int[] {1, 2, 3, 4});
            System.arraycopy(new int[] {1, 2, 3, 4}, 0, seq, 4, 4);
            assertThat(array.toArray()).containsExactly(seq);

            Arrays.parallelPrefix(seq, Integer::sum);
            int code = Kin.run(() -> {
                for (int i = 1; i < array.length(); i++) {
                    array.set(i, array.get(i) + array.get(i - 1));
                }
            });

            assertThat(code).isZero();
            assertThat(array.toArray()).containsExactly(seq);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 18, 19, 20, 1000})
    @FromCPython("_test_multiprocessing._TestArray.test_array_from_size")
    void shouldBeginWithZeroes(int size) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (var array = Array.ofInt(size)) {
                assertThat(array.length()).isEqualTo(size);
                assertThat(array.toArray()).isEqualTo(new int[size]);
                array.setSlice(0, IntStream.range(1, size + 1).toArray());
                assertThat(array.toArray())
                        .isEqualTo(IntStream.range(1, size + 1).toArray());
            }
        }
    }

    /** What a C structure is in CPython's test: some values that belong together, of different kinds. */
    private record Foo(IntValue x, DoubleValue y) implements Serializable {

        void times2() {
            x.updateAndGet(n -> n * 2);
            y.updateAndGet(n -> n * 2);
        }

        void close() {
            x.close();
            y.close();
        }
    }

    /** One of each kind. */
    private record All(IntValue x, DoubleValue y, LongValue z, Foo foo, DoubleArray array, ByteArray text)
            implements Serializable {

        static All make() throws IOException {
            All all = new All(
                    Value.ofInt(7),
                    Value.ofDouble(1.0 / 3.0),
                    Value.ofLong(1L << 33),
                    new Foo(Value.ofInt(3), Value.ofDouble(2)),
                    Array.ofDouble(IntStream.range(0, 10).mapToDouble(i -> i).toArray()),
                    Array.ofByte(20));
            all.text.setSlice(0, "hello".getBytes(StandardCharsets.US_ASCII));
            return all;
        }

        void times2() {
            x.set(x.get() * 2);
            y.set(y.get() * 2);
            z.set(z.get() * 2);
            foo.times2();
            for (int i = 0; i < array.length(); i++) {
                array.set(i, array.get(i) * 2);
            }
            text.setSlice(5, text.slice(0, 5));
        }

        /** Each for itself, under its own lock. */
        void times2Locked() throws InterruptedException {
            try (var heldX = x.lock().hold();
                    var heldY = y.lock().hold();
                    var heldZ = z.lock().hold();
                    var heldFoo = foo.x.lock().hold();
                    var heldArray = array.lock().hold();
                    var heldText = text.lock().hold()) {
                times2();
            }
        }

        void assertTimes2AndClose() {
            assertThat(x.get()).isEqualTo(14);
            assertThat(y.get()).isEqualTo(2.0 / 3.0);
            assertThat(z.get()).isEqualTo(1L << 34);
            assertThat(foo.x.get()).isEqualTo(6);
            assertThat(foo.y.get()).isEqualTo(4);
            assertThat(array.toArray()).containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
            assertThat(new String(text.slice(0, 10), StandardCharsets.US_ASCII)).isEqualTo("hellohello");
            assertThat(x.lock().locked() || array.lock().locked() || text.lock().locked())
                    .isFalse();
            foo.close();
            List.<Shared>of(x, y, z, array, text).forEach(Shared::close);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedCTypes.test_sharedctypes")
    void shouldDoubleEverythingInAChildWithoutALock() throws Exception {
        All all = All.make();
        assertThat(Kin.run(all::times2)).isZero();
        all.assertTimes2AndClose();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedCTypes.test_synchronize")
    void shouldDoubleEverythingInAChildUnderTheLocks() throws Exception {
        All all = All.make();
        assertThat(Kin.run(all::times2Locked)).isZero();
        all.assertTimes2AndClose();
    }

    @Test
    void shouldHaveEachKindOfElement() throws Exception {
        try (var bytes = Array.ofByte(new byte[] {1, -2, 127, -128, 5});
                var longs = Array.ofLong(new long[] {Long.MAX_VALUE, -1});
                var floats = Array.ofFloat(new float[] {0.5f, -1.5f});
                var doubles = Array.ofDouble(new double[] {Math.PI, -0.0})) {
            assertThat(bytes.getAndAdd(2, (byte) 1)).isEqualTo((byte) 127);
            assertThat(bytes.compareAndSet(1, (byte) -1, (byte) 0)).isFalse();
            assertThat(bytes.compareAndSet(1, (byte) -2, (byte) 9)).isTrue();
            bytes.set(4, (byte) -5);
            assertThat(bytes.toArray()).containsExactly(1, 9, -128, -128, -5);
            assertThat(bytes.get(4)).isEqualTo((byte) -5);
            bytes.fill((byte) 3);
            assertThat(bytes.toArray()).containsExactly(3, 3, 3, 3, 3);

            assertThat(longs.getAndAdd(0, 1)).isEqualTo(Long.MAX_VALUE);
            assertThat(longs.compareAndSet(0, Long.MIN_VALUE, 4)).isTrue();
            assertThat(longs.toArray()).containsExactly(4, -1);
            longs.fill(-7);
            assertThat(longs.get(1)).isEqualTo(-7);

            assertThat(floats.getAndAdd(0, 0.25f)).isEqualTo(0.5f);
            assertThat(floats.compareAndSet(1, -1.5f, Float.NaN)).isTrue();
            assertThat(floats.compareAndSet(1, Float.NaN, 2f)).isTrue();
            assertThat(floats.toArray()).containsExactly(0.75f, 2f);
            floats.fill(8f);
            assertThat(floats.get(0)).isEqualTo(8f);

            assertThat(doubles.getAndAdd(0, 1)).isEqualTo(Math.PI);
            assertThat(doubles.compareAndSet(1, 0.0, 6)).isTrue();
            assertThat(doubles.toArray()).containsExactly(Math.PI + 1, 6);
            doubles.fill(2.5);
            assertThat(doubles.slice(1, 2)).containsExactly(2.5);
        }
    }

    @Test
    void shouldLoseNoAdditionWhenThreadsOfTwoProcessesAdd() throws Exception {
        try (var bytes = Array.ofByte(8);
                var ints = Array.ofInt(100);
                var doubles = Array.ofDouble(3)) {
            Process child = Kin.begin(() -> addByTwoThreads(bytes, ints, doubles));
            addByTwoThreads(bytes, ints, doubles);
            Kin.join(child);

            assertThat(ints.get(99)).isEqualTo(4 * ADDITIONS);
            assertThat(doubles.get(2)).isEqualTo(4.0 * ADDITIONS);
            assertThat(bytes.toArray()).as("each byte of a word by itself").containsOnly((byte) (4 * ADDITIONS / 8));
        }
    }

    private static void addByTwoThreads(ByteArray bytes, IntArray ints, DoubleArray doubles) {
        try (var crew = Crew.start(2, () -> {
            for (int i = 0; i < ADDITIONS; i++) {
                bytes.getAndAdd(i % 8, (byte) 1);
                ints.getAndAdd(99, 1);
                doubles.getAndAdd(2, 1);
            }
        })) {
            crew.join();
        }
    }

    @Test
    void shouldRefuseWhatIsOutside() throws Exception {
        try (var array = Array.ofLong(3)) {
            assertThatThrownBy(() -> array.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.set(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.getAndAdd(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.setSlice(2, new long[2])).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(array.toArray()).containsOnly(0);
        }
        assertThatThrownBy(() -> Array.ofInt(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size is -1");
        assertThatThrownBy(() -> Array.ofLong(1 << 28))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("268435455");
    }

    @Test
    void shouldHoldHundredsOfMegabytes() throws Exception {
        int size = 25_000_000;
        try (var array = Array.ofLong(size)) {
            assertThat(Kin.run(() -> {
                        array.set(size - 1, 42);
                        array.set(0, 41);
                    }))
                    .isZero();
            assertThat(array.get(size - 1) + array.get(0)).isEqualTo(83);
        }
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    void shouldRefuseToBeUsedWhenClosed() throws Exception {
        var array = Array.ofInt(100);
        assertThat(SessionFiles.blocks()).hasSize(1);
        array.close();

        assertThat(SessionFiles.blocks()).isEmpty();
        assertThat(array.length()).isEqualTo(100);
        assertThat(array).hasToString("<IntArray(closed)>");
        assertThatThrownBy(() -> array.get(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("array is closed");
        assertThatThrownBy(array::toArray).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> array.fill(1)).isInstanceOf(IllegalStateException.class);
    }

    // ---- memory is given back

    @Test
    void shouldKeepTheMemoryWhileAHandleIsOnItsWay() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            var array = Array.ofInt(IntStream.range(0, 100).toArray());
            pipe.second().send(List.of(array));
            array.close();
            assertThat(SessionFiles.blocks()).hasSize(1);

            Object received = ((List<?>) Kin.receive(pipe.first())).get(0);

            IntArray same = (IntArray) received;
            assertThat(same.get(99)).isEqualTo(99);
            same.close();
            assertThat(SessionFiles.blocks()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheMemoryAsLongAsAChildHasIt() throws Exception {
        var array = Array.ofInt(100);
        var go = new Event();
        Process child = Kin.begin(() -> {
            go.await();
            array.set(1, array.get(0) + 1);
            if (array.get(1) != 8) {
                throw new AssertionError("the memory was given away");
            }
        });
        array.set(0, 7);
        array.close();
        assertThat(SessionFiles.blocks()).hasSize(1);
        go.set();
        Kin.join(child);
        go.close();

        assertThat(child.exitcode()).hasValue(0);
        SessionFiles.awaitNoBlocks();
    }

    @Test
    void shouldLeaveNoFileWhenTheLastHolderIsKilled() throws Exception {
        var shared = Array.ofDouble(1000);
        Process child = Kin.begin(() -> {
            var own = Array.ofLong(1000);
            shared.set(0, own.length());
            Kin.sleepForEver();
        });
        Deadlines.eventually("the child has made its array", () -> shared.get(0) == 1000);
        shared.close();
        assertThat(SessionFiles.blocks()).hasSize(2);

        child.kill();
        Kin.join(child);

        SessionFiles.awaitNoBlocks();
    }

    @Test
    void shouldLeaveNoFileWhenThePipeWithTheHandleIsClosed() throws Exception {
        for (int i = 0; i < 40; i++) {
            Pipe pipe = Pipe.oneWay();
            try (var array = Array.ofInt(100)) {
                pipe.second().send(array);
            }
            pipe.close();
        }
        assertThat(SessionFiles.blocks()).as("found when more are made").hasSizeLessThan(40);
        Session.current().holdings().removeUnheldFiles();
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestHeap.test_heap")
    void shouldGiveEachArrayMemoryOfItsOwn() throws Exception {
        Random random = new Random(5000);
        Map<Integer, IntArray> live = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            int size = 1
                    + (int) (Math.exp(random.nextGaussian())
                            * 1000
                            / Integer.BYTES); // as in CPython: 1000 bytes, sometimes many more
            IntArray array = Array.ofInt(size);
            array.fill(i);
            live.put(i, array);
            if (live.size() > 50) {
                int victim = new ArrayList<>(live.keySet()).get(random.nextInt(live.size()));
                IntArray old = live.remove(victim);
                assertThat(old.toArray()).containsOnly(victim);
                old.close();
            }
        }
        live.forEach((number, array) -> {
            assertThat(array.toArray()).containsOnly(number);
            array.close();
        });
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    void shouldGiveMemoryBackWhenArraysAreDropped() throws Exception {
        int held = Session.current().holdings().size();
        makeAndDrop();
        SessionFiles.awaitHeld(held);
        SessionFiles.awaitNoBlocks();
        long bytes = SessionFiles.bytes();

        makeAndDrop();
        SessionFiles.awaitHeld(held);
        SessionFiles.awaitNoBlocks();

        assertThat(SessionFiles.bytes()).isEqualTo(bytes);
    }

    private static void makeAndDrop() throws Exception {
        List<Array<?>> arrays = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            arrays.add(Array.ofByte(10_000));
        }
        assertThat(arrays).allMatch(array -> !array.isClosed());
    }
}
