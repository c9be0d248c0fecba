package offspring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import offspring.core.Lock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A lock is released by a thread that did not acquire it; the thread that waits for it sees what was written before. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "released, then acquired: the write is seen")
@Outcome(expect = FORBIDDEN, desc = "acquired, but the write before the release is not seen")
@State
public class LockHandover {

    private final Lock lock = Stress.heldLock();
    private int news;

    /** Writes, then releases what another thread acquired. */
    @Actor
    public void release() {
        news = 1;
        lock.release();
    }

    /** Waits for the lock, then reads. */
    @Actor
    public void acquire(I_Result result) {
        Stress.uninterrupted(lock::acquire);
        result.r1 = news;
    }
}
