package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import offspring.testkit.contract.RLockContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** A condition has its lock's interface. */
@ExtendWith(FamilyCheck.class)
class ConditionAsRLockTest extends RLockContract<Condition> {

    private final Map<Condition, RLock> locks = Collections.synchronizedMap(new IdentityHashMap<>());

    @Override
    protected Condition newLock() {
        try {
            RLock lock = new RLock();
            Condition condition = new Condition(lock);
            locks.put(condition, lock);
            return condition;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected boolean locked(Condition condition) {
        return condition.locked();
    }

    @Override
    protected boolean isFair() {
        return false;
    }

    @Override
    protected String text(boolean locked) {
        return "<Condition\\(" + (locked ? "<RLock\\(MainProcess(\\|.+)?, 1\\)>" : "<RLock\\(None, 0\\)>") + ", 0\\)>";
    }

    @Override
    protected void assertShowsCount(String text, int count, boolean toItsOwner) {
        assertThat(text)
                .contains(count == 0 ? ", 0)>, 0)>" : toItsOwner ? ", " + count + ")>, 0)>" : ", nonzero)>, 0)>");
    }

    @Override
    protected boolean isOwned(Condition condition) {
        return locks.get(condition).isOwned();
    }

    @Override
    protected int recursionCount(Condition condition) {
        return locks.get(condition).recursionCount();
    }
}
