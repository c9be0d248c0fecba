package offspring.queue;

import offspring.testkit.contract.ShutdownContract;

class JoinableQueueTest extends ShutdownContract {

    @Override
    protected TaskQueue<Integer> newQueue(int maxsize) {
        return new JoinableQueue<>(maxsize);
    }

    @Override
    protected void shutdown(TaskQueue<Integer> queue, boolean immediate) {
        ((Queue<Integer>) queue).shutdown(immediate);
    }

    @Override
    protected boolean isShutdown(TaskQueue<Integer> queue) {
        return ((Queue<Integer>) queue).isShutdown();
    }
}
