package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.testkit.Crew;
import offspring.testkit.contract.RLockContract;
import org.junit.jupiter.api.Test;

class RLockTest extends RLockContract<RLock> {

    @Override
    protected RLock newLock() {
        return new RLock();
    }

    @Override
    protected boolean locked(RLock lock) {
        return lock.locked();
    }

    @Override
    protected boolean isOwned(RLock lock) {
        return lock.isOwned();
    }

    @Override
    protected int recursionCount(RLock lock) {
        return lock.recursionCount();
    }

    @Test
    void shouldTellHowDeepItIsHeldAndHowManyWait() throws Exception {
        RLock lock = new RLock();
        assertThat(lock.statistics()).isEqualTo(new RLock.Statistics(false, 0, 0));
        lock.acquire();
        lock.acquire();
        try (var crew = Crew.start(2, () -> {
            lock.acquire();
            lock.release();
        })) {
            crew.awaitBlocked();
            assertThat(lock.statistics()).isEqualTo(new RLock.Statistics(true, 2, 2));
            lock.release();
            lock.release();
        }
    }

    @Test
    void shouldShowTheNameOfItsOwner() throws Exception {
        RLock lock = new RLock();
        assertThat(lock.toString()).contains("owner=none");
        lock.acquire();
        assertThat(lock.toString())
                .contains("owner=" + java.lang.Thread.currentThread().getName());
        lock.release();
    }
}
