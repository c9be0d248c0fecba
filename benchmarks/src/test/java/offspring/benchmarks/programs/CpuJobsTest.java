package offspring.benchmarks.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs do what they say, for odd sizes too. */
class CpuJobsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 8_191, 8_192, 8_193, 100_000})
    void shouldDoAsManyBytesAsAskedFor(long bytes) throws Exception {
        assertThat(CpuJobs.arcfour(bytes)).isEqualTo(bytes);
        assertThat(CpuJobs.sha256(bytes)).isEqualTo(bytes);
    }

    @Test
    void shouldFindThePrimesAmongTheNumbers() {
        assertThat(CpuJobs.NUMBERS.stream().filter(CpuJobs::isPrime)).hasSize(CpuJobs.PRIMES);
        assertThat(CpuJobs.isPrime(1)).isFalse();
        assertThat(CpuJobs.isPrime(2)).isTrue();
        assertThat(CpuJobs.isPrime(9)).isFalse();
    }

    @Test
    void shouldEncryptAsTheWorldDoes() {
        assertThat(CpuJobs.encrypted("Key", "Plaintext")).isEqualTo("bbf316e8d940af0ad3");
    }
}
