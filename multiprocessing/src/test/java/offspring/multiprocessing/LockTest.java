package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.core.function.CheckedSupplier;
import offspring.testkit.contract.LockContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class LockTest extends LockContract<Lock> {

    private static final CheckedSupplier<Lock> MAKER = Lock::new;

    @Override
    protected Lock newLock() {
        return MAKER.get();
    }

    @Override
    protected boolean locked(Lock lock) {
        return lock.locked();
    }

    @Override
    protected boolean isFair() {
        return false;
    }

    @Override
    protected String text(boolean locked) {
        return locked ? "<Lock\\(owner=MainProcess\\)>" : "<Lock\\(owner=None\\)>";
    }

    @Test
    void shouldTellWhetherItIsHeld() throws Exception {
        try (Lock lock = new Lock()) {
            assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(false, false));
            lock.acquire();
            assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(true, false));
            lock.release();
        }
    }
}
