package offspring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import offspring.queue.SimpleQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads take from one simple queue: each item goes to exactly one of them. */
@JCStressTest
@Outcome(
        id = {"1, 2", "2, 1"},
        expect = ACCEPTABLE,
        desc = "each has one item")
@Outcome(expect = FORBIDDEN, desc = "an item was given out twice, or lost")
@State
public class QueueSharesOut {

    private final SimpleQueue<Integer> queue = new SimpleQueue<>();

    /** Begins with two items. */
    public QueueSharesOut() {
        queue.put(1);
        queue.put(2);
    }

    /** Takes one. */
    @Actor
    public void first(II_Result result) {
        result.r1 = Stress.uninterrupted(queue::get);
    }

    /** Takes the other. */
    @Actor
    public void second(II_Result result) {
        result.r2 = Stress.uninterrupted(queue::get);
    }
}
