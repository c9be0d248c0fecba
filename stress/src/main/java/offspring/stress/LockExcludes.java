package offspring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import offspring.core.Lock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads count under one lock, twice each; what each adds to is what the one before it left. */
@JCStressTest
@Outcome(id = "4", expect = ACCEPTABLE, desc = "each saw what the holder before it wrote")
@Outcome(expect = FORBIDDEN, desc = "two were inside at once, or one read an old count")
@State
public class LockExcludes {

    private final Lock lock = new Lock();
    private int count;

    /** The first to count. */
    @Actor
    public void first() {
        increment();
        increment();
    }

    /** The second to count. */
    @Actor
    public void second() {
        increment();
        increment();
    }

    /** What is left in the end. */
    @Arbiter
    public void result(I_Result result) {
        result.r1 = count;
    }

    private void increment() {
        Stress.uninterrupted(lock::acquire);
        count++;
        lock.release();
    }
}
