package offspring.futures.contract;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;

/** What the contracts have workers do: static, so that it travels to any kind of worker. */
public final class Tasks {

    private Tasks() {}

    public static int square(int x) {
        return x * x;
    }

    public static int multiply(int x, int y) {
        return x * y;
    }

    /** Never returns; an interrupt or a kill ends it. */
    public static int block(Object ignored) throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    public static int failOnThree(int x) {
        if (x == 3) {
            throw new IllegalArgumentException("three");
        }
        return x;
    }

    public static int failChecked(int x) throws IOException {
        throw new IOException("disk " + x);
    }

    public static int failWithError(int x) {
        throw new AssertionError("error " + x);
    }

    /** Counts from 0 and fails instead of giving the item {@code failAt}: CPython's exception_throwing_generator. */
    public static Iterable<Integer> failingInput(int total, int failAt) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < total;
            }

            @Override
            public Integer next() {
                if (next == failAt) {
                    throw new IllegalStateException("Somebody said when");
                }
                if (next >= total) {
                    throw new NoSuchElementException();
                }
                return next++;
            }
        };
    }

    /** 0, 1, 2, … for ever. */
    public static Counting endless() {
        return new Counting();
    }

    /** An endless input that tells how far it was read. */
    public static final class Counting implements Iterable<Integer> {

        private int read;

        public int read() {
            return read;
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    return read++;
                }
            };
        }
    }
}
