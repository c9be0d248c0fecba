package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.function.CheckedRunnable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.contract.BarrierContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
@SuppressWarnings("try") // crews are closed, not looked at
class BarrierTest extends BarrierContract {

    private record Adapter(Barrier barrier) implements Subject {
        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            return barrier.await();
        }

        @Override
        public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
            return barrier.await(timeout);
        }

        @Override
        public void reset() {
            barrier.reset();
        }

        @Override
        public void abort() {
            barrier.abort();
        }

        @Override
        public int parties() {
            return barrier.parties();
        }

        @Override
        public int nWaiting() {
            return barrier.nWaiting();
        }

        @Override
        public boolean broken() {
            return barrier.broken();
        }

        @Override
        public String toString() {
            return barrier.toString();
        }
    }

    @Override
    protected Subject newBarrier(int parties, CheckedRunnable action, Duration timeout) {
        try {
            return new Adapter(new Barrier(parties, action, timeout));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellHowManyWait() throws Exception {
        Barrier barrier = new Barrier(3);
        try (var crew = Crew.start(2, () -> barrier.await())) {
            Deadlines.eventually("two wait", () -> barrier.nWaiting() == 2);
            assertThat(barrier.statistics()).isEqualTo(new Barrier.Statistics(3, 2, false));
            barrier.await();
        }
        barrier.abort();
        assertThat(barrier.statistics()).isEqualTo(new Barrier.Statistics(3, 0, true));
        barrier.close();
    }

    @Test
    void shouldRefuseAnActionThatArrivesAtItsOwnBarrier() throws Exception {
        AtomicReference<Barrier> self = new AtomicReference<>();
        self.set(new Barrier(1, () -> self.get().await()));
        assertThatThrownBy(() -> self.get().await()).isInstanceOf(IllegalStateException.class);
        assertThat(self.get().broken()).isTrue();
        self.get().close();
    }
}
