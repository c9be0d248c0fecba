"""CPython's contender: runs one function when told by a line on standard input, answers by a line of JSON.

    start           {"ready": true}
    run N           {"nanos": ...}      for N operations in a row
    idle N          {"nanos": ...}      for N operations, each after a second of silence that is not counted

The end of standard input ends the program. Each function of PROGRAMS is a generator: what stands before the first yield
prepares, each yield takes a number of operations and gives the nanoseconds they took, what follows the loop cleans up.
"""

import concurrent.futures
import json
import multiprocessing
import queue
import sys
import threading
import time

MEBIBYTE = 1 << 20
BOUND = 1024
LAST = -1
END = -2
PAIRS = 2
WORKERS = 2
ITEMS = 100_000
AT_ONCE = 1_000


def acquire_release(primitive):
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        for _ in range(operations):
            primitive.acquire()
            primitive.release()
        nanos = time.perf_counter_ns() - start


def produce(share, items):
    put = items.put
    for i in range(share):
        put(i)


def consume(share, items):
    get = items.get
    for _ in range(share):
        get()


def flow(pairs, bound):
    items = queue.Queue(bound)
    nanos = None
    while (operations := (yield nanos)) is not None:
        threads = []
        for i in range(pairs):
            share = operations // pairs + (1 if i < operations % pairs else 0)
            threads.append(threading.Thread(target=produce, args=(share, items)))
            threads.append(threading.Thread(target=consume, args=(share, items)))
        start = time.perf_counter_ns()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        nanos = time.perf_counter_ns() - start


def nothing():
    pass


def start_join(make):
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        for _ in range(operations):
            worker = make()
            worker.start()
            worker.join()
        nanos = time.perf_counter_ns() - start


def processes(method):
    context = multiprocessing.get_context(method)
    return start_join(lambda: context.Process(target=nothing))


def serve(service, other_ends, parent):
    for end in other_ends:
        end.close()
    try:
        parent.send(None)
        service(parent)
    except EOFError:
        pass
    finally:
        parent.close()


def echo_objects(parent):
    while True:
        parent.send(parent.recv())


def count_objects(parent):
    count = 0
    while True:
        count += 1
        if parent.recv() == LAST:
            parent.send(count)
            count = 0


def echo_bytes(parent):
    while True:
        parent.send_bytes(parent.recv_bytes())


def with_child(service, work, say_goodbye=nothing):
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(target=serve, args=(service, [here], there))
    child.start()
    there.close()
    here.recv()
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        work(here, operations)
        nanos = time.perf_counter_ns() - start
    say_goodbye()
    here.close()
    child.join()


def round_trips(child, operations):
    for i in range(operations):
        child.send(i)
        assert child.recv() == i


def one_way(child, operations):
    for i in range(1, operations):
        child.send(i)
    child.send(LAST)
    assert child.recv() == operations


PAYLOAD = bytes(MEBIBYTE)


def echo_mebibytes(child, operations):
    for _ in range(operations):
        child.send_bytes(PAYLOAD)
        assert len(child.recv_bytes()) == MEBIBYTE


def want_too(lock):
    def service(parent):
        while True:
            for _ in range(parent.recv()):
                lock.acquire()
                lock.release()
            parent.send(None)

    return service


def contended(lock):
    def work(child, operations):
        child.send(operations)
        for _ in range(operations):
            lock.acquire()
            lock.release()
        child.recv()

    return with_child(want_too(lock), work)


def count_items(items):
    def service(parent):
        count = 0
        while True:
            item = items.get()
            count += 1
            if item < 0:
                if item == END:
                    return
                parent.send(count)
                count = 0

    return service


def count_tasks(items):
    def service(parent):
        count = 0
        while True:
            item = items.get()
            items.task_done()
            count += 1
            if item < 0:
                if item == END:
                    return
                parent.send(count)
                count = 0

    return service


def queue_one_to_one(items, service):
    def work(child, operations):
        put = items.put
        for i in range(1, operations):
            put(i)
        put(LAST)
        assert child.recv() == operations

    return with_child(service(items), work, lambda: items.put(END))


def in_shares(items, step):
    def service(parent):
        while True:
            step(parent.recv(), items)
            parent.send(None)

    return service


def queue_two_to_two(items):
    ends = []
    children = []
    for _ in range(PAIRS):
        for step in (produce, consume):
            here, there = multiprocessing.Pipe()
            ends.append(here)
            children.append(multiprocessing.Process(target=serve, args=(in_shares(items, step), ends, there)))
            children[-1].start()
            there.close()
    for end in ends:
        end.recv()
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        for i, end in enumerate(ends):
            end.send(operations // PAIRS + (1 if i // PAIRS < operations % PAIRS else 0))
        for end in ends:
            end.recv()
        nanos = time.perf_counter_ns() - start
    for end in ends:
        end.close()
    for child in children:
        child.join()


def increment(x):
    return x + 1


def echo(x):
    return x


def with_workers(pool, work):
    with pool:
        nanos = None
        while (operations := (yield nanos)) is not None:
            start = time.perf_counter_ns()
            work(pool, operations)
            nanos = time.perf_counter_ns() - start


def with_pool(work):
    return with_workers(multiprocessing.Pool(WORKERS), work)


def pool_start(method):
    context = multiprocessing.get_context(method)
    nanos = None
    while (operations := (yield nanos)) is not None:
        nanos = 0
        for _ in range(operations):
            start = time.perf_counter_ns()
            pool = context.Pool(WORKERS)
            assert pool.apply(increment, (0,)) == 1
            nanos += time.perf_counter_ns() - start
            pool.terminate()
            pool.join()


def pool_map():
    items = list(range(ITEMS))

    def work(pool, operations):
        for left in range(operations, 0, -ITEMS):
            count = min(left, ITEMS)
            results = pool.map(increment, items if count == ITEMS else items[:count])
            assert results[-1] == count

    return with_pool(work)


def pool_imap(pool, operations):
    expected = 0
    for result in pool.imap(increment, range(operations)):
        expected += 1
        assert result == expected
    assert expected == operations


def pool_apply(pool, operations):
    for i in range(operations):
        assert pool.apply(increment, (i,)) == i + 1


def pool_echo_mebibytes(pool, operations):
    for _ in range(operations):
        assert len(pool.apply(echo, (PAYLOAD,))) == MEBIBYTE


def submit_one_by_one(executor, operations):
    for i in range(operations):
        assert executor.submit(increment, i).result() == i + 1


def submit_many(executor, operations):
    for left in range(operations, 0, -AT_ONCE):
        futures = [executor.submit(increment, i) for i in range(min(left, AT_ONCE))]
        for i, future in enumerate(futures):
            assert future.result() == i + 1


PROGRAMS = {
    "lock": lambda: acquire_release(threading.Lock()),
    "rlock": lambda: acquire_release(threading.RLock()),
    "semaphore": lambda: acquire_release(threading.Semaphore(1)),
    "queue_1to1_unbounded": lambda: flow(1, 0),
    "queue_1to1_bounded": lambda: flow(1, BOUND),
    "queue_2to2_unbounded": lambda: flow(2, 0),
    "queue_2to2_bounded": lambda: flow(2, BOUND),
    "thread_start": lambda: start_join(lambda: threading.Thread(target=nothing)),
    "pipe_round_trip": lambda: with_child(echo_objects, round_trips),
    "pipe_one_way": lambda: with_child(count_objects, one_way),
    "pipe_echo_1mib": lambda: with_child(echo_bytes, echo_mebibytes),
    "shared_lock": lambda: acquire_release(multiprocessing.Lock()),
    "shared_semaphore": lambda: acquire_release(multiprocessing.Semaphore(1)),
    "shared_lock_contended": lambda: contended(multiprocessing.Lock()),
    "shared_queue_1to1": lambda: queue_one_to_one(multiprocessing.Queue(), count_items),
    "shared_queue_2to2": lambda: queue_two_to_two(multiprocessing.Queue()),
    "shared_simple_queue": lambda: queue_one_to_one(multiprocessing.SimpleQueue(), count_items),
    "shared_joinable_queue": lambda: queue_one_to_one(multiprocessing.JoinableQueue(), count_tasks),
    "process_fork": lambda: processes("fork"),
    "process_forkserver": lambda: processes("forkserver"),
    "process_spawn": lambda: processes("spawn"),
    "pool_start_fork": lambda: pool_start("fork"),
    "pool_start_forkserver": lambda: pool_start("forkserver"),
    "pool_start_spawn": lambda: pool_start("spawn"),
    "pool_map": lambda: pool_map(),
    "pool_imap": lambda: with_pool(pool_imap),
    "pool_apply": lambda: with_pool(pool_apply),
    "pool_echo_1mib": lambda: with_pool(pool_echo_mebibytes),
    "executor_submit": lambda: with_workers(concurrent.futures.ProcessPoolExecutor(WORKERS), submit_one_by_one),
    "executor_submit_many": lambda: with_workers(concurrent.futures.ProcessPoolExecutor(WORKERS), submit_many),
    "thread_executor": lambda: with_workers(concurrent.futures.ThreadPoolExecutor(WORKERS), submit_one_by_one),
    "thread_executor_many": lambda: with_workers(concurrent.futures.ThreadPoolExecutor(WORKERS), submit_many),
}


def measure(program, command):
    verb, count = command.split()
    count = int(count)
    if verb == "run":
        return program.send(count)
    if verb == "idle":
        nanos = 0
        for _ in range(count):
            time.sleep(1)
            nanos += program.send(1)
        return nanos
    raise ValueError(f"a command is 'run N' or 'idle N', not {command!r}")


def answer(**values):
    print(json.dumps(values), flush=True)


# What grows: programs that take numbers.


def count_bytes(parent):
    while True:
        size = 0
        for _ in range(parent.recv()):
            size += len(parent.recv_bytes())
        parent.send(size)


def pipe_bytes(size):
    payload = bytes(size)

    def work(child, operations):
        child.send(operations)
        for _ in range(operations):
            child.send_bytes(payload)
        assert child.recv() == operations * size

    return with_child(count_bytes, work)


def pool_echo_bytes(size):
    payload = bytes(size)

    def work(pool, operations):
        for _ in range(operations):
            assert len(pool.apply(echo, (payload,))) == size

    return with_pool(work)


def pool_map_of(workers, most):
    items = list(range(most))

    def work(pool, operations):
        for left in range(operations, 0, -most):
            count = min(left, most)
            assert pool.map(increment, items if count == most else items[:count])[-1] == count

    return with_workers(multiprocessing.Pool(workers), work)


def submit_at_once(workers, most):
    def work(executor, operations):
        for left in range(operations, 0, -most):
            futures = [executor.submit(increment, i) for i in range(min(left, most))]
            for i, future in enumerate(futures):
                assert future.result() == i + 1

    return with_workers(concurrent.futures.ProcessPoolExecutor(workers), work)


GROWING = {
    "pipe_bytes": pipe_bytes,
    "pool_echo_bytes": pool_echo_bytes,
    "pool_map_of": pool_map_of,
    "submit_at_once": submit_at_once,
}


def find(name):
    if name in PROGRAMS:
        return PROGRAMS[name]
    import workloads  # not above: the children of the other programs shall not load it

    return workloads.PROGRAMS[name]


def program_of(name, *numbers):
    return GROWING[name](*map(int, numbers)) if name in GROWING else find(name)()


def main():
    program = program_of(*sys.argv[1:])
    next(program)
    answer(ready=True)
    for command in sys.stdin:
        answer(nanos=measure(program, command))
    try:
        program.send(None)
    except StopIteration:
        pass


if __name__ == "__main__":
    main()
