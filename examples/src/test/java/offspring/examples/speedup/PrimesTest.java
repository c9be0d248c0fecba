package offspring.examples.speedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The check, against the JDK's own. */
class PrimesTest {

    @Test
    void shouldAgreeWithTheJdkWhenTheNumberIsSmall() {
        assertThat(LongStream.rangeClosed(-3, 10_000).filter(n -> Primes.isPrime(n) != (n > 1 && isProbablePrime(n))))
                .isEmpty();
    }

    @Test
    void shouldAgreeWithTheJdkWhenTheNumberIsOneOfTheTwenty() {
        assertThat(Primes.NUMBERS).hasSize(20).doesNotHaveDuplicates();
        assertThat(Primes.NUMBERS).allMatch(n -> Primes.isPrime(n) == isProbablePrime(n));
    }

    private static boolean isProbablePrime(long n) {
        return BigInteger.valueOf(n).isProbablePrime(60);
    }
}
