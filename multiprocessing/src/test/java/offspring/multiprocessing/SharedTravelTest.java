package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How shared objects get from process to process: each is the same one wherever it arrives. */
@ExtendWith(FamilyCheck.class)
@SuppressWarnings("try") // holds are closed, not looked at
class SharedTravelTest {

    /** One of each. */
    private record Bundle(
            Lock lock,
            RLock rlock,
            Semaphore semaphore,
            BoundedSemaphore bounded,
            Condition condition,
            Condition overLock,
            Event event,
            Barrier barrier)
            implements Serializable {

        static Bundle make() throws IOException {
            Lock lock = new Lock();
            return new Bundle(
                    lock,
                    new RLock(),
                    new Semaphore(5),
                    new BoundedSemaphore(3),
                    new Condition(),
                    new Condition(lock),
                    new Event(),
                    new Barrier(2, () -> assertThat(1).isOne(), Duration.ofMinutes(1)));
        }

        List<Shared> all() {
            return List.of(lock, rlock, semaphore, bounded, condition, overLock, event, barrier);
        }

        /** Leaves a trace in each of them that another process can see; ends with a meeting at the barrier. */
        void leaveTraces() throws Exception {
            lock.acquire();
            rlock.acquire();
            rlock.acquire();
            semaphore.acquire();
            bounded.acquire();
            try (var held = condition.hold()) {
                condition.signalAll();
            }
            event.set();
            barrier.await();
            barrier.await();
            rlock.release();
            rlock.release();
            lock.release();
            barrier.await();
        }

        /** The other party of {@link #leaveTraces}. */
        void expectTraces() throws Exception {
            barrier.await();
            assertThat(lock.locked()).isTrue();
            assertThat(overLock.locked()).isTrue();
            assertThat(rlock.locked()).isTrue();
            assertThat(rlock.isOwned()).isFalse();
            assertThat(semaphore.value()).isEqualTo(4);
            assertThat(bounded.value()).isEqualTo(2);
            assertThat(event.isSet()).isTrue();
            assertThat(barrier.parties()).isEqualTo(2);
            barrier.await();
            barrier.await();
            assertThat(lock.acquire(false)).isTrue();
            lock.release();
        }

        void restore() {
            semaphore.release();
            bounded.release();
            event.clear();
        }

        void close() {
            all().forEach(Shared::close);
        }
    }

    private static void meet(Bundle bundle, Process other) throws Exception {
        bundle.expectTraces();
        Kin.join(other);
        assertThat(other.exitcode()).hasValue(0);
        bundle.restore();
    }

    @Test
    void shouldBeTheSameObjectInAChildAndInAGrandchild() throws Exception {
        Bundle bundle = Bundle.make();
        Process child = new Process(bundle::leaveTraces);
        child.start();
        meet(bundle, child);
        Process parent = new Process(() -> {
            Process grandchild = new Process(bundle::leaveTraces);
            grandchild.start();
            Kin.join(grandchild);
        });
        parent.start();
        meet(bundle, parent);
        bundle.close();
    }

    @Test
    void shouldBeTheSameObjectWhenItComesThroughAPipeInACollection() throws Exception {
        Bundle bundle = Bundle.make();
        try (Pipe pipe = Pipe.duplex()) {
            Connection there = pipe.second();
            Process child = new Process(() -> {
                List<?> list = (List<?>) there.recv();
                Bundle arrived = (Bundle) ((Map<?, ?>) list.get(1)).get("bundle");
                assertThat(arrived.event.toString()).isEqualTo(list.get(0));
                arrived.leaveTraces();
                there.send(arrived.semaphore);
            });
            child.start();
            pipe.first().send(List.of(bundle.event.toString(), Map.of("bundle", bundle)));
            bundle.expectTraces();
            Semaphore back = pipe.first().recv(Semaphore.class);
            assertThat(back.value()).isEqualTo(4);
            bundle.semaphore.release();
            assertThat(back.value()).isEqualTo(5);
            back.close();
            Kin.join(child);
            assertThat(child.exitcode()).hasValue(0);
        }
        bundle.close();
    }

    @Test
    void shouldBeTheSameObjectForSiblings() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Connection to = pipe.second();
            Connection from = pipe.first();
            Process maker = new Process(() -> {
                Bundle bundle = Bundle.make();
                to.send(bundle);
                bundle.expectTraces();
            });
            Process user = new Process(() -> from.recv(Bundle.class).leaveTraces());
            maker.start();
            user.start();
            Kin.join(maker);
            Kin.join(user);
            assertThat(maker.exitcode()).hasValue(0);
            assertThat(user.exitcode()).hasValue(0);
        }
    }

    @Test
    void shouldStayOneObjectThatOccursTwiceAndShareTheLockOfAConditionThatTravelsBesideIt() throws Exception {
        try (Lock lock = new Lock();
                Condition condition = new Condition(lock);
                Pipe pipe = Pipe.oneWay()) {
            pipe.second().send(List.of(lock, condition, lock));
            List<?> arrived = (List<?>) Kin.receive(pipe.first());
            Lock copy = (Lock) arrived.get(0);
            Condition copied = (Condition) arrived.get(1);
            assertThat(arrived.get(2)).isSameAs(copy);
            copy.acquire();
            assertThat(lock.locked()).isTrue();
            assertThat(copied.locked()).isTrue();
            assertThat(copied.await(Duration.ZERO)).isFalse();
            lock.release();
            assertThat(copied.locked()).isFalse();
            copy.close();
            copied.close();
            assertThat(lock.acquire(false)).isTrue();
            lock.release();
        }
    }

    /** A class that only an object stream can write. */
    private static final class Opaque implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Object content;

        Opaque(Object content) {
            this.content = content;
        }
    }

    @Test
    void shouldStayOneObjectInAGraphThatNeedsAnObjectStream() throws Exception {
        Bundle bundle = Bundle.make();
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().send(new Opaque(List.of(bundle, bundle.lock, bundle.barrier)));
            List<?> arrived = (List<?>) ((Opaque) Kin.receive(pipe.first())).content;
            Bundle copy = (Bundle) arrived.get(0);
            assertThat(arrived.get(1)).isSameAs(copy.lock);
            assertThat(arrived.get(2)).isSameAs(copy.barrier);
            assertThat(copy.barrier.parties()).isEqualTo(2);
            copy.lock.acquire();
            assertThat(bundle.overLock.locked()).isTrue();
            copy.lock.release();
            copy.close();
        }
        bundle.close();
    }

    @Test
    void shouldBeOneObjectForATargetThatCapturesItTwice() throws Exception {
        try (Pipe pipe = Pipe.duplex();
                Queue<Object> queue = new Queue<>()) {
            List<?> ends = List.of(pipe.second(), queue, pipe.second(), queue);
            Process child = new Process(() -> {
                Connection end = (Connection) ends.get(0);
                end.send(ends.get(2) == end && ends.get(1) == ends.get(3));
                end.close();
            });
            child.start();
            assertThat(Kin.receive(pipe.first())).isEqualTo(true);
            Kin.join(child);
            assertThat(child.exitcode()).hasValue(0);
        }
    }

    @Test
    void shouldNotBeHeldByAMessageThatCannotLeave() throws Exception {
        try (Pipe carrier = Pipe.oneWay()) {
            Pipe carried = Pipe.oneWay();
            assertThatThrownBy(() -> carrier.second().send(List.of(carried.second(), new Object())))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("java.lang.Object");
            carried.second().close();
            assertThatThrownBy(carried.first()::recv).isInstanceOf(EOFException.class);
            carried.first().close();
        }
    }

    @Test
    void shouldKeepWhatAnUnreadMessageLeadsTo() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            for (int i = 0; i < 20; i++) {
                Semaphore semaphore = new Semaphore(1000 + i);
                pipe.second().send(semaphore);
                semaphore.close();
            }
            useUpAndSweep();
            for (int i = 0; i < 20; i++) {
                Semaphore arrived = (Semaphore) Kin.receive(pipe.first());
                assertThat(arrived.value()).isEqualTo(1000 + i);
                arrived.close();
            }
        }
    }

    @Test
    void shouldKeepWhatAChildIsStartedWith() throws Exception {
        Semaphore semaphore = new Semaphore(4711);
        Process process = new Process(() -> assertThat(semaphore.value()).isEqualTo(4711));
        process.start();
        semaphore.close();
        useUpAndSweep();
        Kin.join(process);
        assertThat(process.exitcode()).hasValue(0);
    }

    /** Makes so many objects that free cells are searched for, each with another content. */
    private static void useUpAndSweep() throws Exception {
        for (int round = 0; round < 4; round++) {
            List<Semaphore> many = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                many.add(new Semaphore(i));
            }
            many.forEach(Semaphore::close);
        }
    }

    @Test
    void shouldRefuseToTravelOutsideTheFamily() throws Exception {
        try (Lock lock = new Lock();
                var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(lock))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("a lock can only be sent to a process of its family");
        }
    }

    @Test
    void shouldBeUsableByProcessesThatOutliveTheOneThatMadeIt() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Connection to = pipe.second();
            Process maker = Kin.begin(() -> {
                to.send(new Semaphore(77));
                Kin.sleepForEver();
            });
            Semaphore arrived = (Semaphore) Kin.receive(pipe.first());
            maker.kill();
            Kin.join(maker);
            useUpAndSweep();
            assertThat(arrived.value()).isEqualTo(77);
            assertThat(arrived.acquire(Deadlines.SHORT)).isTrue();
            arrived.close();
        }
    }
}
