package offspring.multiprocessing.internal.pool;

/** Items of a call that wait for a worker: from {@link #from}, before {@link #to}. Guarded by the dispatcher's lock. */
final class Span {

    final Call call;
    int from;
    final int to;

    Span(Call call, int from, int to) {
        this.call = call;
        this.from = from;
        this.to = to;
    }

    int size() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }
}
