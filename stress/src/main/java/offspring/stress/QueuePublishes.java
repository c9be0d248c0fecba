package offspring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import offspring.queue.Queue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What is written into an item before {@code put} is seen after {@code get}, and items of one producer come in order. The
 * queue has room for one item, so that both sides have to wait.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both items, whole and in order")
@Outcome(expect = FORBIDDEN, desc = "an item came out of order, or without what was written into it")
@State
public class QueuePublishes {

    private final Queue<int[]> queue = new Queue<>(1);

    /** Fills two items and puts them. */
    @Actor
    public void put() {
        putItem(1);
        putItem(2);
    }

    /** Gets two items and reads them. */
    @Actor
    public void get(II_Result result) {
        result.r1 = Stress.uninterrupted(queue::get)[0];
        result.r2 = Stress.uninterrupted(queue::get)[0];
    }

    private void putItem(int value) {
        int[] item = new int[1];
        item[0] = value;
        Stress.uninterrupted(() -> {
            queue.put(item);
            return item;
        });
    }
}
