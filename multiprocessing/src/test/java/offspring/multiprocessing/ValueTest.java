package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that processes share: their steps, their lock, their journeys, and that their memory is given back. */
@SuppressWarnings("try") // what is held need not be named again
@ExtendWith(FamilyCheck.class)
class ValueTest {

    private static final int ADDITIONS = 50_000;

    @Test
    @FromCPython({"_test_multiprocessing._TestValue.test_value", "_test_multiprocessing._TestValue.test_rawvalue"})
    void shouldSeeWhatAChildHasWritten() throws Exception {
        try (var anInt = Value.ofInt(4343);
                var aLong = Value.ofLong(1L << 33);
                var aDouble = Value.ofDouble(3.625);
                var aBoolean = Value.ofBoolean(false)) {
            assertThat(List.of(anInt.get(), aLong.get(), aDouble.get(), aBoolean.get()))
                    .containsExactly(4343, 1L << 33, 3.625, false);

            int code = Kin.run(() -> {
                anInt.set(24234);
                aLong.set(1L << 34);
                aDouble.set(-4.25);
                aBoolean.set(true);
            });

            assertThat(code).isZero();
            assertThat(List.of(anInt.get(), aLong.get(), aDouble.get(), aBoolean.get()))
                    .containsExactly(24234, 1L << 34, -4.25, true);
        }
    }

    @Test
    void shouldLoseNoAdditionWhenThreadsOfTwoProcessesAdd() throws Exception {
        try (var anInt = Value.ofInt(0);
                var aLong = Value.ofLong(0);
                var aDouble = Value.ofDouble(0);
                var updated = Value.ofLong(0);
                var turns = Value.ofBoolean(false)) {
            Process child = Kin.begin(() -> addByTwoThreads(anInt, aLong, aDouble, updated, turns));

            addByTwoThreads(anInt, aLong, aDouble, updated, turns);
            Kin.join(child);

            assertThat(anInt.get()).isEqualTo(4 * ADDITIONS);
            assertThat(aLong.get()).isEqualTo(4L * ADDITIONS);
            assertThat(aDouble.get()).isEqualTo(4.0 * ADDITIONS);
            assertThat(updated.get()).isEqualTo(4L * ADDITIONS);
        }
    }

    private static void addByTwoThreads(
            IntValue anInt, LongValue aLong, DoubleValue aDouble, LongValue updated, BooleanValue turns) {
        try (var crew = Crew.start(2, () -> {
            for (int i = 0; i < ADDITIONS; i++) {
                anInt.getAndAdd(1);
                aLong.addAndGet(1);
                aDouble.getAndAdd(1);
                updated.updateAndGet(before -> before + 1);
                turns.getAndSet(i % 2 == 0);
            }
        })) {
            crew.join();
        }
    }

    @Test
    void shouldLoseNothingUnderTheLockThatTravelsWithTheValue() throws Exception {
        try (var counter = Value.ofLong(0)) {
            Process child = Kin.begin(() -> countUnderLock(counter));
            countUnderLock(counter);
            Kin.join(child);

            assertThat(counter.get()).isEqualTo(20_000);
        }
    }

    private static void countUnderLock(LongValue counter) throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            try (var held = counter.lock().hold()) {
                counter.set(counter.get() + 1);
            }
        }
    }

    @Test
    void shouldHaveALockOfItsOwnThatAThreadMayTakeAgain() throws Exception {
        try (var one = Value.ofInt(5);
                var other = Value.ofInt(5)) {
            assertThat(one.lock()).isSameAs(one.lock()).isNotSameAs(other.lock());
            one.lock().acquire();
            one.lock().acquire();
            assertThat(one.lock().recursionCount()).isEqualTo(2);
            assertThat(other.lock().locked()).isFalse();

            assertThat(Kin.ask(Boolean.class, () -> one.lock().acquire(false))).isFalse();

            one.lock().release();
            one.lock().release();
            assertThat(Kin.ask(Boolean.class, () -> one.lock().acquire(false))).isTrue();
            assertThat(one.get()).isEqualTo(5);
        }
    }

    @Test
    void shouldReadAndWriteWhileAnotherHasTheLock() throws Exception {
        try (var value = Value.ofInt(1)) {
            value.lock().acquire();
            assertThat(Kin.ask(Integer.class, () -> value.getAndSet(2))).isEqualTo(1);
            value.lock().release();
            assertThat(value.get()).isEqualTo(2);
        }
    }

    @Test
    void shouldDoEachStep() throws Exception {
        try (var anInt = Value.ofInt(Integer.MAX_VALUE);
                var aLong = Value.ofLong(Long.MIN_VALUE);
                var aBoolean = Value.ofBoolean(true)) {
            assertThat(anInt.getAndAdd(1)).isEqualTo(Integer.MAX_VALUE);
            assertThat(anInt.get()).isEqualTo(Integer.MIN_VALUE);
            assertThat(anInt.addAndGet(-1)).isEqualTo(Integer.MAX_VALUE);
            assertThat(anInt.compareAndSet(0, 1)).isFalse();
            assertThat(anInt.compareAndSet(Integer.MAX_VALUE, -1)).isTrue();
            assertThat(anInt.updateAndGet(n -> n * 7)).isEqualTo(-7);
            assertThat(anInt.getAndSet(3)).isEqualTo(-7);
            assertThat(anInt).hasToString("<IntValue(3)>");

            assertThat(aLong.addAndGet(-1)).isEqualTo(Long.MAX_VALUE);
            assertThat(aLong.compareAndSet(Long.MAX_VALUE, 0)).isTrue();
            assertThat(aLong.getAndSet(9)).isZero();
            assertThat(aLong).hasToString("<LongValue(9)>");

            assertThat(aBoolean.compareAndSet(false, true)).isFalse();
            assertThat(aBoolean.compareAndSet(true, false)).isTrue();
            assertThat(aBoolean.getAndSet(true)).isFalse();
            assertThat(aBoolean).hasToString("<BooleanValue(true)>");
        }
    }

    @Test
    void shouldCompareDoublesAsNumbers() throws Exception {
        try (var value = Value.ofDouble(-0.0)) {
            assertThat(value.compareAndSet(1, 2)).isFalse();
            assertThat(value.compareAndSet(0.0, Double.NaN)).isTrue();
            assertThat(value.getAndAdd(1)).isNaN();
            assertThat(value.compareAndSet(Double.NaN, 0.5)).isTrue();
            assertThat(value.addAndGet(0.25)).isEqualTo(0.75);
            assertThat(value.updateAndGet(n -> n * 2)).isEqualTo(1.5);
            assertThat(value.getAndSet(-3)).isEqualTo(1.5);
            assertThat(value).hasToString("<DoubleValue(-3.0)>");
        }
    }

    @Test
    void shouldComeThroughAPipeInACollectionToGrandchildren() throws Exception {
        try (var counter = Value.ofInt(0);
                Pipe pipe = Pipe.oneWay()) {
            var there = pipe.second();
            Process child = new Process(() -> there.send(Kin.ask(Integer.class, () -> counter.addAndGet(1))));
            child.start();
            Kin.join(child);
            assertThat(Kin.receive(pipe.first())).isEqualTo(1);

            there.send(Map.of("counters", List.of(counter)));
            assertThat(Kin.receive(pipe.first()))
                    .extracting("counters")
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .singleElement()
                    .isInstanceOfSatisfying(IntValue.class, same -> {
                        same.getAndAdd(1);
                        same.close();
                    });
            assertThat(counter.get()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseToBeUsedWhenClosed() throws Exception {
        var value = Value.ofLong(1);
        value.close();
        value.close();

        assertThatThrownBy(value::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("value is closed");
        assertThatThrownBy(() -> value.set(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> value.lock().acquire()).isInstanceOf(IllegalStateException.class);
        assertThat(value).hasToString("<LongValue(closed)>");
        assertThatThrownBy(() -> Kin.run(() -> value.set(2)))
                .hasRootCauseInstanceOf(NotSerializableException.class)
                .hasStackTraceContaining("a closed value cannot be sent");
    }

    @Test
    void shouldRefuseToTravelOutsideOfTheFamily() throws Exception {
        try (var value = Value.ofLong(1);
                var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(value))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("a value can only be sent to a process of its family");
        }
    }

    @Test
    void shouldGiveMemoryBackWhenValuesAreClosed() throws Exception {
        Session session = Session.current();
        int held = session.holdings().size();
        for (int i = 0; i < 2_000; i++) {
            Value.ofInt(i).close();
        }
        long bytes = SessionFiles.bytes();
        for (int i = 0; i < 10_000; i++) {
            try (var value = Value.ofInt(i)) {
                assertThat(value.get()).isEqualTo(i);
            }
        }
        assertThat(SessionFiles.bytes()).isEqualTo(bytes);
        assertThat(session.holdings().size()).isEqualTo(held);
    }

    @Test
    void shouldGiveMemoryBackWhenValuesAreDropped() throws Exception {
        int held = Session.current().holdings().size();
        makeAndDrop();
        SessionFiles.awaitHeld(held);
        long bytes = SessionFiles.bytes();
        for (int round = 0; round < 4; round++) {
            makeAndDrop();
            SessionFiles.awaitHeld(held);
        }
        assertThat(SessionFiles.bytes()).isLessThanOrEqualTo(bytes);
    }

    private static void makeAndDrop() throws Exception {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            values.add(Value.ofLong(i));
        }
        assertThat(values).allMatch(value -> !value.isClosed());
    }
}
