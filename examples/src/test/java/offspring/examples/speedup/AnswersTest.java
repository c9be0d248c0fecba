package offspring.examples.speedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers as they come in. */
class AnswersTest {

    private final Answers answers = new Answers();

    @Test
    void shouldGiveOneAnswerPerNumberWhenEachWasCheckedTwiceInWhateverOrder() {
        IntStream.range(0, 40).map(i -> (i * 7) % 20).forEach(place -> answers.add(place, place % 2 == 0));

        assertThat(answers.all()).hasSize(20).startsWith(true, false, true);
    }

    @Test
    void shouldFailWhenTwoChecksContradictEachOther() {
        answers.add(0, true);

        assertThatIllegalStateException()
                .isThrownBy(() -> answers.add(0, false))
                .withMessageContaining("Two checks of 2 contradict");
    }

    @Test
    void shouldFailWhenANumberWasNeverChecked() {
        answers.add(3, true);

        assertThatIllegalStateException().isThrownBy(answers::all).withMessageContaining("Only 1 of 20");
    }
}
