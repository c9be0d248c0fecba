package offspring.benchmarks.programs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Jobs that use a processor, little memory, and nothing else. What they need beside their size is little too: the smallest
 * tasks take about a microsecond.
 */
public final class CpuJobs {

    /**
     * The numbers of the well-known prime-checking exercise that the example {@code speedup} has too, dearest first: those
     * without a small divisor by size, then the others.
     */
    static final List<Long> NUMBERS = List.of(
            9_999_999_999_999_917L,
            7_777_777_777_777_753L,
            7_777_777_536_340_681L,
            6_666_667_141_414_921L,
            6_666_666_666_666_719L,
            5_555_555_555_555_503L,
            5_555_553_133_149_889L,
            4_444_444_488_888_889L,
            4_444_444_444_444_423L,
            3_333_335_652_092_209L,
            3_333_333_333_333_301L,
            299_593_572_317_531L,
            142_702_110_479_723L,
            9_999_999_999_999_999L,
            7_777_777_777_777_777L,
            6_666_666_666_666_666L,
            5_555_555_555_555_555L,
            4_444_444_444_444_444L,
            3_333_333_333_333_333L,
            2L);

    /** How many of them are primes. */
    static final int PRIMES = 9;

    /** So many odd divisors from 3 on: none divides the prime. */
    private static final int DIVISORS = 1 << 20;

    private static final int STEPS = 100;
    private static final int POINTS_OF_ROW = 200;
    private static final int MATRIX = 32;
    private static final int BLOCK = 1 << 13;
    private static final double[][] LEFT = new double[MATRIX][MATRIX];
    private static final double[][] RIGHT = new double[MATRIX][MATRIX];
    private static final byte[] KEY =
            "'Twas brillig, and the slithy toves did gyre".getBytes(StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < MATRIX; i++) {
            for (int k = 0; k < MATRIX; k++) {
                LEFT[i][k] = i * MATRIX + k;
            }
            RIGHT[i][MATRIX - 1 - i] = 1;
        }
    }

    private CpuJobs() {}

    /** Encrypts random bytes and decrypts them again; returns how many came back as they were. */
    static long arcfour(long bytes) {
        SplittableRandom random = new SplittableRandom(bytes);
        Arcfour encryption = new Arcfour(KEY, 1);
        Arcfour decryption = new Arcfour(KEY, 1);
        byte[] clear = new byte[(int) Math.min(bytes, BLOCK)];
        byte[] block = new byte[clear.length];
        long good = 0;
        for (long left = bytes; left > 0; left -= BLOCK) {
            int length = (int) Math.min(left, BLOCK);
            random.nextBytes(clear);
            System.arraycopy(clear, 0, block, 0, length);
            encryption.apply(block, length);
            decryption.apply(block, length);
            good += Arrays.equals(clear, 0, length, block, 0, length) ? length : 0;
        }
        return good;
    }

    /** A text under a key, in hexadecimal digits. */
    static String encrypted(String key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        new Arcfour(key.getBytes(StandardCharsets.US_ASCII), 1).apply(bytes, bytes.length);
        return HexFormat.of().formatHex(bytes);
    }

    /** Hashes random bytes; returns how many. */
    static long sha256(long bytes) throws GeneralSecurityException {
        byte[] block = new byte[(int) Math.min(bytes, BLOCK)];
        new SplittableRandom(bytes).nextBytes(block);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long done = 0;
        while (done < bytes) {
            int length = (int) Math.min(bytes - done, BLOCK);
            digest.update(block, 0, length);
            done += length;
        }
        return digest.digest().length == 32 ? done : 0;
    }

    /** Divides the largest prime of {@link #NUMBERS} by as many odd numbers; returns how many left a remainder. */
    static long divisions(long count) {
        long left = 0;
        long number = NUMBERS.get(0);
        for (long i = 0; i < count; i++) {
            long divisor = 3 + 2 * (i % DIVISORS);
            left += number % divisor != 0 ? 1 : 0;
        }
        return left;
    }

    /** Follows points that never leave the Mandelbrot set; returns how many stayed. */
    static long mandelbrot(long points) {
        long inside = 0;
        for (long point = 0; point < points; point++) {
            double re = -0.1 + point % POINTS_OF_ROW * 0.001;
            double im = 0.1;
            double x = 0;
            double y = 0;
            int steps = 0;
            while (steps < STEPS && x * x + y * y < 4) {
                double next = x * x - y * y + re;
                y = 2 * x * y + im;
                x = next;
                steps++;
            }
            inside += steps == STEPS ? 1 : 0;
        }
        return inside;
    }

    /**
     * Multiplies a matrix by one that swaps its columns, row by row and again from the first row on, until so many
     * elements of the product are made; returns how many are right.
     */
    static long matrix(long elements) {
        long good = 0;
        for (long element = 0; element < elements; element++) {
            int i = (int) (element / MATRIX % MATRIX);
            int j = (int) (element % MATRIX);
            double sum = 0;
            for (int k = 0; k < MATRIX; k++) {
                sum += LEFT[i][k] * RIGHT[k][j];
            }
            good += sum == LEFT[i][MATRIX - 1 - j] ? 1 : 0;
        }
        return good;
    }

    /** Whether {@code n} is a prime: trial division by the odd numbers up to the square root. */
    public static boolean isPrime(long n) {
        if (n % 2 == 0) {
            return n == 2;
        }
        long root = (long) Math.sqrt((double) n);
        for (long divisor = 3; divisor <= root; divisor += 2) {
            if (n % divisor == 0) {
                return false;
            }
        }
        return n > 1;
    }
}
