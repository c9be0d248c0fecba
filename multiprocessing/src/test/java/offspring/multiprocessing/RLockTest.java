package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.core.function.CheckedSupplier;
import offspring.testkit.contract.RLockContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class RLockTest extends RLockContract<RLock> {

    private static final CheckedSupplier<RLock> MAKER = RLock::new;

    @Override
    protected RLock newLock() {
        return MAKER.get();
    }

    @Override
    protected boolean locked(RLock lock) {
        return lock.locked();
    }

    @Override
    protected boolean isFair() {
        return false;
    }

    @Override
    protected String text(boolean locked) {
        return locked ? "<RLock\\(MainProcess(\\|.+)?, 1\\)>" : "<RLock\\(None, 0\\)>";
    }

    @Override
    protected void assertShowsCount(String text, int count, boolean toItsOwner) {
        assertThat(text)
                .isEqualTo(
                        count == 0
                                ? "<RLock(None, 0)>"
                                : toItsOwner
                                        ? "<RLock(MainProcess, " + count + ")>"
                                        : "<RLock(SomeOtherThread, nonzero)>");
    }

    @Override
    protected boolean isOwned(RLock lock) {
        return lock.isOwned();
    }

    @Override
    protected int recursionCount(RLock lock) {
        return lock.recursionCount();
    }
}
