package offspring.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import offspring.testkit.contract.ShutdownContract;

class LifoQueueTest extends ShutdownContract {

    @Override
    protected TaskQueue<Integer> newQueue(int maxsize) {
        return new LifoQueue<>(maxsize);
    }

    @Override
    protected void shutdown(TaskQueue<Integer> queue, boolean immediate) {
        ((Queue<Integer>) queue).shutdown(immediate);
    }

    @Override
    protected boolean isShutdown(TaskQueue<Integer> queue) {
        return ((Queue<Integer>) queue).isShutdown();
    }

    @Override
    protected List<Integer> orderOf(List<Integer> items) {
        List<Integer> reversed = new ArrayList<>(items);
        Collections.reverse(reversed);
        return reversed;
    }
}
