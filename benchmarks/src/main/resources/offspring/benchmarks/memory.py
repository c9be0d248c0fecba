"""Prints the PSS in KiB of each worker of an idle CPython pool: memory.py METHOD WORKERS"""

import multiprocessing
import sys
import time


def nothing(x):
    return x


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


if __name__ == "__main__":
    method, workers = sys.argv[1], int(sys.argv[2])
    with multiprocessing.get_context(method).Pool(workers) as pool:
        pool.map(nothing, range(1_000))
        time.sleep(1)
        print(*(pss(worker.pid) for worker in pool._pool))
