package offspring.core;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import offspring.testkit.contract.RLockContract;

/** A condition has its lock's interface, so CPython runs the tests of RLock on it, too (ConditionAsRLockTests). */
class ConditionAsRLockTest extends RLockContract<Condition> {

    private final Map<Condition, RLock> locks = Collections.synchronizedMap(new IdentityHashMap<>());

    @Override
    protected Condition newLock() {
        RLock lock = new RLock();
        Condition condition = new Condition(lock);
        locks.put(condition, lock);
        return condition;
    }

    @Override
    protected boolean locked(Condition condition) {
        return condition.locked();
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
