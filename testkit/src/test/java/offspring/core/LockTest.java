package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.testkit.Crew;
import offspring.testkit.contract.LockContract;
import org.junit.jupiter.api.Test;

class LockTest extends LockContract<Lock> {

    @Override
    protected Lock newLock() {
        return new Lock();
    }

    @Override
    protected boolean locked(Lock lock) {
        return lock.locked();
    }

    @Test
    void shouldTellHowManyWait() throws Exception {
        Lock lock = new Lock();
        assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(false, 0));
        lock.acquire();
        try (var crew = Crew.start(3, () -> {
            lock.acquire();
            lock.release();
        })) {
            crew.awaitBlocked();
            assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(true, 3));
            lock.release();
        }
        assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(false, 0));
    }
}
