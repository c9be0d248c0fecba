package offspring.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    @Test
    void shouldGiveNanosecondsWhenTheyFit() {
        assertThat(Timeouts.nanos(Duration.ZERO)).isZero();
        assertThat(Timeouts.nanos(Duration.ofNanos(1))).isOne();
        assertThat(Timeouts.nanos(Duration.ofDays(1).plusNanos(7))).isEqualTo(86_400_000_000_007L);
    }

    @Test
    void shouldSaturateWhenTheyDoNotFit() {
        assertThat(Timeouts.nanos(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Timeouts.nanos(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1)))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Timeouts.nanos(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseANegativeTimeoutAndNameIt() {
        assertThatThrownBy(() -> Timeouts.nanos(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout")
                .hasMessageContaining("PT-0.000000001S");
        assertThatThrownBy(() -> Timeouts.nanos(Duration.ofSeconds(Long.MIN_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseNullAndNameIt() {
        assertThatThrownBy(() -> Timeouts.nanos(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("timeout");
    }
}
