package offspring.benchmarks.workloads;

import java.io.IOException;
import offspring.benchmarks.programs.Program;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.IntArray;
import offspring.multiprocessing.RLock;

/**
 * B11, the classic benchmark of {@code multiprocessing}: reads of the same element of ten, and a lock taken and given back,
 * by a process alone. An operation is one read, one acquire and release. The locks that {@code compare} has rows for, and
 * all that managers hold, are left out.
 */
public final class ClassicReads {

    private static final int LENGTH = 10;
    private static final int INDEX = 5;

    private ClassicReads() {}

    /** Reads of a shared array, each one atomic step. */
    public static Program array() throws IOException {
        IntArray array = numbers();
        return operations -> {
            long sum = 0;
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                sum += array.get(INDEX);
            }
            long nanos = System.nanoTime() - start;
            Checks.equal(INDEX * operations, sum, "the sum of the reads");
            return nanos;
        };
    }

    /** The same under the array's lock. */
    public static Program lockedArray() throws IOException {
        IntArray array = numbers();
        return operations -> {
            RLock lock = array.lock();
            long sum = 0;
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                lock.acquire();
                sum += array.get(INDEX);
                lock.release();
            }
            long nanos = System.nanoTime() - start;
            Checks.equal(INDEX * operations, sum, "the sum of the reads");
            return nanos;
        };
    }

    private static IntArray numbers() throws IOException {
        int[] numbers = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            numbers[i] = i;
        }
        return Array.ofInt(numbers);
    }

    /** A reentrant lock that processes share. */
    public static Program processRLock() throws IOException {
        RLock lock = new RLock();
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                lock.acquire();
                lock.release();
            }
            long nanos = System.nanoTime() - start;
            Checks.equal(false, lock.locked(), "whether it is held at the end");
            return nanos;
        };
    }
}
