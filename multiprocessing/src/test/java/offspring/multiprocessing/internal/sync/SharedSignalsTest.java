package offspring.multiprocessing.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may take which signal: one thread plays all, each with its own ticket. */
class SharedSignalsTest {

    private Cell cell;
    private SharedSignals signals;

    @BeforeEach
    void allocate() throws Exception {
        cell = Session.current().holdings().allocate();
        signals = new SharedSignals(cell);
    }

    @AfterEach
    void release() {
        cell.release();
    }

    private boolean takes(long ticket) throws InterruptedException {
        return signals.await(ticket, System.nanoTime());
    }

    @Test
    void shouldKeepTheSignalOfOneThatHasNotYetWokenWhenLaterOnesAreSignalled() throws Exception {
        long early = signals.begin();
        signals.signal(1);
        long late = signals.begin();
        long latest = signals.begin();
        signals.signal(1);
        assertThat(takes(late)).isTrue();
        assertThat(takes(latest)).isFalse();
        assertThat(takes(early)).isTrue();
        assertThat(signals.waiting()).isOne();
        assertThat(signals.giveUp(latest)).isFalse();
        assertThat(signals.waiting()).isZero();
    }

    @Test
    void shouldGiveSignalsToThoseWhoWaitedLongerWhenOneOfTheirsIsNotTaken() throws Exception {
        long[] early = {signals.begin(), signals.begin(), signals.begin()};
        signals.signal(1);
        long late = signals.begin();
        signals.signal(1);
        assertThat(takes(late)).isFalse();
        assertThat(takes(early[2])).isTrue();
        assertThat(signals.giveUp(early[0])).isTrue();
        assertThat(takes(early[1])).isFalse();
        assertThat(signals.waiting()).isEqualTo(2);
        signals.signal(1);
        assertThat(takes(late)).isTrue();
        assertThat(signals.giveUp(early[1])).isFalse();
        assertThat(signals.waiting()).isZero();
    }

    @Test
    void shouldReachTheLivingWhenOneThatIsCountedHasDied() throws Exception {
        signals.begin(); // dies
        long early = signals.begin();
        signals.signal(1);
        Session.current().processes().noteEnd();
        long late = signals.begin();
        signals.signal(1);
        assertThat(takes(early)).isTrue();
        assertThat(takes(late)).isTrue();
        assertThat(signals.waiting()).isZero();
        signals.begin();
        assertThat(signals.waiting()).isOne();
    }

    @Test
    void shouldLeaveNothingForLaterOnesWhenTheDeadWereSignalled() throws Exception {
        signals.begin(); // dies
        Session.current().processes().noteEnd();
        signals.signal(Integer.MAX_VALUE);
        long late = signals.begin();
        assertThat(takes(late)).isFalse();
        signals.signal(1);
        assertThat(takes(late)).isTrue();
    }
}
