package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ArcfourTest {

    /** Computed by a program in Python that was written from the definition of the cipher. */
    @Test
    void shouldEncryptAsOthersDo() {
        byte[] secret = Arcfour.apply("Key", "Plaintext".getBytes(StandardCharsets.UTF_8));

        assertThat(HexFormat.of().formatHex(secret)).isEqualTo("7add39167a83120267");
    }

    @Test
    void shouldGiveThePlainTextBackWhenAppliedTwice() {
        byte[] plain = CryptoJobs.bytes(7, 1);

        assertThat(Arcfour.apply("k", Arcfour.apply("k", plain))).isEqualTo(plain);
    }

    @Test
    void shouldRefuseWhenTheKeyIsEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arcfour.apply("", new byte[1]))
                .withMessageContaining("key");
    }
}
