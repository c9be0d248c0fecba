package offspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Medians. */
class SummaryTest {

    @Test
    void shouldTakeTheMiddleOneWhenTheyAreOdd() {
        assertThat(Summary.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Summary(2, 1, 9));
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleWhenTheyAreEven() {
        assertThat(Summary.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(new Summary(3, 1, 9));
    }

    @Test
    void shouldRefuseWhenThereIsNothingToSumUp() {
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of(List.of(1.0, Double.NaN)));
    }
}
