package offspring.examples.speedup;

import java.util.List;

/** The twenty numbers of the well-known prime-checking exercise, and the check. */
final class Primes {

    /** Primes, squares of primes, and numbers with a small divisor. */
    static final List<Long> NUMBERS = List.of(
            2L,
            3_333_333_333_333_333L,
            4_444_444_444_444_444L,
            5_555_555_555_555_555L,
            6_666_666_666_666_666L,
            142_702_110_479_723L,
            299_593_572_317_531L,
            3_333_333_333_333_301L,
            3_333_335_652_092_209L,
            4_444_444_444_444_423L,
            4_444_444_488_888_889L,
            5_555_553_133_149_889L,
            5_555_555_555_555_503L,
            6_666_666_666_666_719L,
            6_666_667_141_414_921L,
            7_777_777_536_340_681L,
            7_777_777_777_777_753L,
            7_777_777_777_777_777L,
            9_999_999_999_999_917L,
            9_999_999_999_999_999L);

    private Primes() {}

    /** Whether {@code n} is a prime: trial division by the odd numbers up to the square root. */
    static boolean isPrime(long n) {
        if (n < 2) {
            return false;
        }
        if (n % 2 == 0) {
            return n == 2;
        }
        long root = (long) Math.sqrt((double) n);
        for (long divisor = 3; divisor <= root; divisor += 2) {
            if (n % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
