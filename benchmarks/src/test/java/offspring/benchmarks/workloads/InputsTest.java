package offspring.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the programs work on. */
class InputsTest {

    @Test
    void shouldHaveThePublishedSizesLargestFirst() {
        assertThat(CryptoWorkload.arcfourSizes())
                .hasSize(12)
                .startsWith(393_216)
                .endsWith(152_918);
        assertThat(CryptoWorkload.encryptAndDecrypt(10_000)).isEqualTo(10_000);
        assertThat(CryptoWorkload.arcfourSizes()).isSortedAccordingTo((one, other) -> other - one);
    }

    @Test
    void shouldHaveTwentySortedNumbersOfWhichNineArePrimes() {
        assertThat(PrimesWorkload.NUMBERS).hasSize(20).isSorted();
        assertThat(PrimesWorkload.NUMBERS.stream()
                        .filter(number -> BigInteger.valueOf(number).isProbablePrime(50)))
                .hasSize(PrimesWorkload.PRIMES);
        assertThat(PrimesWorkload.NUMBERS.stream().map(BigInteger::valueOf).filter(InputsTest::isSquareOfAPrime))
                .hasSize(5);
    }

    private static boolean isSquareOfAPrime(BigInteger number) {
        BigInteger root = number.sqrt();
        return root.multiply(root).equals(number) && root.isProbablePrime(50);
    }

    @Test
    void shouldSleepByTheDistributions() {
        List<Long> normal = Sleeps.normal();
        List<Long> constant = Sleeps.constant();
        List<Long> wave = Sleeps.wave();

        assertThat(normal).hasSize(5_000).allMatch(nanos -> nanos >= 0);
        assertThat(normal.stream().filter(nanos -> nanos == 0).count()).isBetween(2_300L, 2_700L);
        assertThat(constant).hasSize(5_000).containsOnly(constant.get(0));
        assertThat(constant.get(0)).isBetween(190_000L, 210_000L); // σ / √(2π)
        assertThat(wave).hasSize(300).allMatch(nanos -> nanos >= 0 && nanos <= 12_500_000);
        assertThat(wave.get(0)).isBetween(90_000L, 91_500L); // cos(1)^8
        assertThat(Sleeps.shuffled()).containsExactlyInAnyOrderElementsOf(wave).isNotEqualTo(wave);
    }
}
