"""CPython's part in the published workloads: functions as those of rival.py, which runs them.

What an operation is, what is as published and what is made smaller, stands at the classes of offspring.benchmarks.workloads.
"""

import concurrent.futures
import hashlib
import math
import multiprocessing
import os
import queue
import random
import threading
import time

WORKERS = 2
JOBS = 12


def whole(once):
    """Each operation is measured from its beginning to its end."""
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        for _ in range(operations):
            once()
        nanos = time.perf_counter_ns() - start


def partly(once):
    """Each operation tells how much of it is to be measured."""
    nanos = None
    while (operations := (yield nanos)) is not None:
        nanos = sum(once() for _ in range(operations))


# B6: Ray's issue 21343


def two_logarithms(index):
    return math.log2(index + 1) + math.log10(index + 1)


def logs(method):
    context = multiprocessing.get_context(method)

    def once():
        start = time.perf_counter_ns()
        pool = context.Pool()
        results = pool.map(two_logarithms, range(1_000))
        nanos = time.perf_counter_ns() - start
        pool.terminate()
        pool.join()
        assert len(results) == 1_000 and results[0] == 0
        assert abs(results[-1] - math.log2(1_000) - 3) < 1e-9
        return nanos

    return partly(once)


# B7 and B8: the first edition of Fluent Python

KEY = b"'Twas brillig, and the slithy toves\nDid gyre"
MIXINGS = 20
ARCFOUR_BYTES = 1 << 18
SHA_BYTES = 1 << 20
ARCFOUR_SIZES = [ARCFOUR_BYTES + int(ARCFOUR_BYTES / JOBS * (i - JOBS / 2)) for i in range(JOBS, 0, -1)]


def random_bytes(size):
    return bytearray(random.randrange(256) for _ in range(size))


def arcfour(key, text):
    box = list(range(256))
    j = 0
    for _ in range(MIXINGS):
        for i in range(256):
            j = (j + box[i] + key[i % len(key)]) % 256
            box[i], box[j] = box[j], box[i]
    i = j = 0
    result = bytearray()
    for byte in text:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        result.append(byte ^ box[(box[i] + box[j]) % 256])
    return result


def encrypt_and_decrypt(size):
    text = random_bytes(size)
    return size if arcfour(KEY, arcfour(KEY, text)) == text else -size


def digest(size):
    return hashlib.sha256(random_bytes(size)).hexdigest()


def completed(workers, job, sizes):
    with concurrent.futures.ProcessPoolExecutor(workers) as executor:
        futures = [executor.submit(job, size) for size in sizes]
        return [future.result() for future in concurrent.futures.as_completed(futures)]


def arcfour_jobs(workers):
    def once():
        done = completed(workers, encrypt_and_decrypt, ARCFOUR_SIZES)
        assert sorted(done, reverse=True) == ARCFOUR_SIZES

    return whole(once)


def sha256_jobs():
    digests = completed(WORKERS, digest, [SHA_BYTES] * JOBS)
    assert len(set(digests)) == JOBS and all(len(one) == 64 for one in digests)


# B9: the second edition of Fluent Python, with numbers that take a tenth of the work

NUMBERS = [
    2,
    1_427_021_104_723,
    2_995_935_723_169,
    33_333_313_797_001,
    33_333_333_333_323,
    33_333_333_333_333,
    44_443_782_224_689,
    44_444_444_444_353,
    44_444_444_444_444,
    55_555_452_323_809,
    55_555_555_555_541,
    55_555_555_555_555,
    66_666_294_193_249,
    66_666_666_666_647,
    66_666_666_666_666,
    77_777_389_084_201,
    77_777_777_777_753,
    77_777_777_777_777,
    99_999_999_999_973,
    99_999_999_999_999,
]
PRIMES = 9


def is_prime(n):
    if n < 2:
        return False
    if n == 2:
        return True
    if n % 2 == 0:
        return False
    for divisor in range(3, math.isqrt(n) + 1, 2):
        if n % divisor == 0:
            return False
    return True


def found(number):
    start = time.perf_counter()
    prime = is_prime(number)
    return number, prime, time.perf_counter() - start


def check_primes(results):
    assert sorted(number for number, _, _ in results) == NUMBERS
    assert sum(prime for _, prime, _ in results) == PRIMES


def work_on_primes(jobs, results):
    while number := jobs.get():
        results.put(found(number))
    results.put((0, False, 0.0))


def report(results):
    ended = 0
    while ended < WORKERS:
        result = results.get()
        if result[0] == 0:
            ended += 1
        else:
            yield result


def primes_through_queues():
    jobs = multiprocessing.SimpleQueue()
    results = multiprocessing.SimpleQueue()
    for number in NUMBERS:
        jobs.put(number)
    workers = []
    for _ in range(WORKERS):
        workers.append(multiprocessing.Process(target=work_on_primes, args=(jobs, results)))
        workers[-1].start()
        jobs.put(0)
    check_primes(list(report(results)))
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0


def primes_by_map():
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as executor:
        check_primes(list(executor.map(found, sorted(NUMBERS, reverse=True))))


# B10: lelo and python-parallelize

CALLS = 15
CALL_SECONDS = 0.2
ROUNDS = 12
ROUND_SECONDS = 0.05


def loiter(answer):
    time.sleep(CALL_SECONDS)
    answer.send(os.getpid())
    answer.close()


def lelo(method):
    context = multiprocessing.get_context(method)

    def begin():
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=loiter, args=(there,))
        process.start()
        there.close()
        return process, here

    def once():
        calls = [begin() for _ in range(CALLS)]
        pids = set()
        for process, answer in calls:
            pids.add(answer.recv())
            answer.close()
            process.join()
            assert process.exitcode == 0
        assert len(pids) == CALLS

    return whole(once)


def do_rounds(first, pids):
    for i in range(first, ROUNDS, WORKERS):
        time.sleep(ROUND_SECONDS)
        pids[i] += os.getpid()


def parallelize(method):
    context = multiprocessing.get_context(method)

    def once():
        pids = context.Array("q", ROUNDS, lock=False)
        workers = [context.Process(target=do_rounds, args=(i, pids)) for i in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert set(pids) == {worker.pid for worker in workers}

    return whole(once)


# B11: the classic benchmark

ELEMENT = "0" * 256
STOP = "STOP"


def put_all(put, count):
    for _ in range(count):
        put(ELEMENT)
    put(STOP)


def strings_from_thread():
    items = queue.Queue()
    nanos = None
    while (operations := (yield nanos)) is not None:
        producer = threading.Thread(target=put_all, args=(items.put, operations))
        start = time.perf_counter_ns()
        producer.start()
        count = 0
        while items.get() != STOP:
            count += 1
        nanos = time.perf_counter_ns() - start
        producer.join()
        assert count == operations


def serve(service, other_end, parent):
    other_end.close()
    try:
        parent.send(None)
        while True:
            service(parent, parent.recv())
    except EOFError:
        pass
    finally:
        parent.close()


def with_child(service, work):
    """The child lives as long as the program, and is served numbers of operations."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(target=serve, args=(service, here, there))
    child.start()
    there.close()
    here.recv()
    nanos = None
    while (operations := (yield nanos)) is not None:
        nanos = work(here, operations)
    here.close()
    child.join()


def strings_from_child(items=None):
    def put(parent, count):
        put_all(items.put if items else parent.send, count)

    def work(child, operations):
        start = time.perf_counter_ns()
        child.send(operations)
        get = items.get if items else child.recv
        count = 0
        while get() != STOP:
            count += 1
        nanos = time.perf_counter_ns() - start
        assert count == operations
        return nanos

    return with_child(put, work)


def reads(numbers):
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        for _ in range(operations):
            number = numbers[5]
        nanos = time.perf_counter_ns() - start
        assert number == 5


def acquire_release(lock):
    nanos = None
    while (operations := (yield nanos)) is not None:
        start = time.perf_counter_ns()
        for _ in range(operations):
            lock.acquire()
            lock.release()
        nanos = time.perf_counter_ns() - start


def answer_signals(condition, operations):
    condition.acquire()
    condition.notify()
    for _ in range(operations):
        condition.wait()
        condition.notify()
    condition.release()


def send_signals(condition, operations, start_other):
    condition.acquire()
    start_other()
    condition.wait()
    start = time.perf_counter_ns()
    for _ in range(operations):
        condition.notify()
        condition.wait()
    nanos = time.perf_counter_ns() - start
    condition.release()
    return nanos


def condition_of_threads(condition):
    nanos = None
    while (operations := (yield nanos)) is not None:
        other = threading.Thread(target=answer_signals, args=(condition, operations))
        nanos = send_signals(condition, operations, other.start)
        other.join()


def condition_of_processes(condition):
    def answer(parent, operations):
        answer_signals(condition, operations)
        parent.send(operations)

    def work(child, operations):
        nanos = send_signals(condition, operations, lambda: child.send(operations))
        assert child.recv() == operations
        return nanos

    return with_child(answer, work)


# B12: joblib's automatic batches


def chance():
    """Park and Miller's generator: the same numbers in every language."""
    state = 42
    while True:
        state = state * 48_271 % 0x7FFFFFFF
        yield state / 0x7FFFFFFF


def normal_sleeps():
    numbers = chance()
    sleeps = []
    for _ in range(5_000):
        radius = math.sqrt(-2 * math.log(next(numbers)))
        sleeps.append(max(0, int(1e6 * 0.5 * radius * math.cos(2 * math.pi * next(numbers)))))
    return sleeps


def constant_sleeps():
    sleeps = normal_sleeps()
    return [sum(sleeps) // len(sleeps)] * len(sleeps)


def wave_sleeps():
    return [int(1e6 * 12.5 * math.cos(1 + (4 * math.pi - 1) * i / 299) ** 8) for i in range(300)]


def shuffled_sleeps():
    numbers = chance()
    sleeps = wave_sleeps()
    for i in range(len(sleeps) - 1, 0, -1):
        other = int(next(numbers) * (i + 1))
        sleeps[i], sleeps[other] = sleeps[other], sleeps[i]
    return sleeps


def sleep(nanos):
    if nanos:
        time.sleep(nanos / 1e9)
    return nanos


def batches(sleeps, one_by_one=False):
    with multiprocessing.Pool(WORKERS) as pool:

        def once():
            results = pool.imap(sleep, sleeps) if one_by_one else pool.map(sleep, sleeps)
            assert sum(results) == sum(sleeps)

        yield from whole(once)


LARGE = bytes(19_999_999) + b"\1"


def shrink(argument):
    return bytes(99_999) + argument[-1:]


def large_batches():
    with multiprocessing.Pool(WORKERS) as pool:
        nanos = None
        while (operations := (yield nanos)) is not None:
            start = time.perf_counter_ns()
            count = 0
            for result in pool.imap(shrink, [LARGE] * operations):
                assert len(result) == 100_000
                count += result[-1]
            nanos = time.perf_counter_ns() - start
            assert count == operations


# B16: trio-parallel's latency


def same(number):
    return number


def executor_of_one(method=None):
    return concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context(method))


def call(executor):
    assert executor.submit(same, 17).result() == 17


def first_call(method):
    def once():
        start = time.perf_counter_ns()
        with executor_of_one(method) as executor:
            call(executor)
            return time.perf_counter_ns() - start

    return partly(once)


def second_call():
    with executor_of_one() as executor:
        call(executor)
        start = time.perf_counter_ns()
        call(executor)
        return time.perf_counter_ns() - start


def many_bytes():
    return bytearray(10**8)


def large_returns():
    with executor_of_one() as executor:

        def once():
            assert len(executor.submit(many_bytes).result()) == 10**8

        yield from whole(once)


# B18: the cost of recycling

LIVES = 10


def imports():
    time.sleep(0.05)


def increment(x):
    return x + 1


def recycling(method, calls_per_child):
    context = multiprocessing.get_context(method)
    with context.Pool(WORKERS, imports, maxtasksperchild=calls_per_child) as pool:

        def once():
            results = pool.map(increment, range(LIVES * calls_per_child), 1)
            assert results == list(range(1, LIVES * calls_per_child + 1))

        yield from whole(once)


# B19: shutdown under a stuck task

stuck = None


def remember(event):
    global stuck
    stuck = event


def spin():
    stuck.set()
    while True:
        pass


def terminate_when_stuck():
    event = multiprocessing.Event()
    pool = multiprocessing.Pool(WORKERS, remember, (event,))
    result = pool.apply_async(spin)
    event.wait()
    start = time.perf_counter_ns()
    pool.terminate()
    pool.join()
    nanos = time.perf_counter_ns() - start
    assert not result.ready()
    return nanos


PROGRAMS = {
    "logs_spawn": lambda: logs("spawn"),
    "logs_fork": lambda: logs("fork"),
    "arcfour_1": lambda: arcfour_jobs(1),
    "arcfour_2": lambda: arcfour_jobs(2),
    "arcfour_4": lambda: arcfour_jobs(4),
    "sha256": lambda: whole(sha256_jobs),
    "primes_queue": lambda: whole(primes_through_queues),
    "primes_map": lambda: whole(primes_by_map),
    "lelo_spawn": lambda: lelo("spawn"),
    "lelo_fork": lambda: lelo("fork"),
    "parallelize_spawn": lambda: parallelize("spawn"),
    "parallelize_fork": lambda: parallelize("fork"),
    "batches_normal": lambda: batches(normal_sleeps()),
    "batches_normal_imap": lambda: batches(normal_sleeps(), one_by_one=True),
    "batches_constant": lambda: batches(constant_sleeps()),
    "batches_constant_imap": lambda: batches(constant_sleeps(), one_by_one=True),
    "batches_wave": lambda: batches(wave_sleeps()),
    "batches_wave_imap": lambda: batches(wave_sleeps(), one_by_one=True),
    "batches_shuffled": lambda: batches(shuffled_sleeps()),
    "batches_shuffled_imap": lambda: batches(shuffled_sleeps(), one_by_one=True),
    "batches_large": lambda: large_batches(),
    "latency_first_spawn": lambda: first_call("spawn"),
    "latency_first_fork": lambda: first_call("fork"),
    "latency_second": lambda: partly(second_call),
    "latency_return": lambda: large_returns(),
    "recycle_25_spawn": lambda: recycling("spawn", 25),
    "recycle_25_forkserver": lambda: recycling("forkserver", 25),
    "recycle_250_spawn": lambda: recycling("spawn", 250),
    "recycle_250_forkserver": lambda: recycling("forkserver", 250),
    "stuck": lambda: partly(terminate_when_stuck),
    "classic_queue_thread": lambda: strings_from_thread(),
    "classic_queue_process": lambda: strings_from_child(multiprocessing.Queue()),
    "classic_pipe": lambda: strings_from_child(),
    "classic_array": lambda: reads(multiprocessing.Array("i", range(10), lock=False)),
    "classic_list": lambda: reads(list(range(10))),
    "classic_array_locked": lambda: reads(multiprocessing.Array("i", range(10))),
    "classic_rlock": lambda: acquire_release(multiprocessing.RLock()),
    "classic_condition_thread_lock": lambda: condition_of_threads(threading.Condition(threading.Lock())),
    "classic_condition_thread_rlock": lambda: condition_of_threads(threading.Condition()),
    "classic_condition_process_lock": lambda: condition_of_processes(
        multiprocessing.Condition(multiprocessing.Lock())
    ),
    "classic_condition_process_rlock": lambda: condition_of_processes(multiprocessing.Condition()),
}
