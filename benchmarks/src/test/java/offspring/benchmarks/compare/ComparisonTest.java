package offspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** From times to ratios and verdicts. */
class ComparisonTest {

    private final Entrant.Jvm ours = new Entrant.Jvm("ours", () -> operations -> 1);
    private final Entrant slow = new Entrant.Jvm("slow", () -> operations -> 1);
    private final Entrant fast = new Entrant.Jvm("fast", () -> operations -> 1);
    private final Entrant python = new Entrant.Python("CPython", "nothing");
    private final Row row = Row.of(
                    "some-row",
                    "Some row",
                    ours,
                    Rival.of(python).with(Figure.WARM, Goal.faster(4)),
                    Rival.of(slow, fast).with(Figure.WARM, Goal.atMost(1.1)))
            .with(Figure.WARM, 1);

    @Test
    void shouldJudgeByTheFastestWhenARivalHasSeveralEntrants() {
        List<Standing> standings = Comparison.stand(
                row,
                Figure.WARM,
                List.of(
                        new Times(ours, List.of(12.0, 12.0, 12.0)),
                        new Times(python, List.of(60.0, 48.0, 36.0)),
                        new Times(slow, List.of(24.0, 24.0, 24.0)),
                        new Times(fast, List.of(10.0, 10.0, 20.0))));

        assertThat(standings).extracting(Standing::rival).containsExactly("CPython", "slow", "fast");
        assertThat(standings).extracting(Standing::goal).containsExactly("≥ 4× faster", null, "≤ 1.1 × its time");
        assertThat(standings).extracting(Standing::met).containsExactly(true, null, false);
        assertThat(standings.get(2).shareOfRival()).isEqualTo(new Summary(1.2, 0.6, 1.2));
    }

    @Test
    void shouldPairTheRoundsWhenTheMachineDrifts() {
        Standing standing = Standing.beside(
                row,
                Figure.WARM,
                "drifting",
                new Standing.Samples(List.of(10.0, 20.0, 40.0), List.of(11.0, 22.0, 44.0)),
                Goal.atMost(1.1));

        assertThat(standing.shareOfRival()).isNotNull();
        assertThat(standing.shareOfRival().median()).isEqualTo(1.1);
        assertThat(standing.met()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Standing.beside(row, Figure.WARM, "x", new Standing.Samples(List.of(1.0), List.of()), null));
    }

    @Test
    void shouldStandAloneWhenNoRivalIsHere() {
        Row onlyPython = Row.of("r", "R", ours, Rival.of(python));
        List<Standing> standings = Comparison.stand(onlyPython, Figure.WARM, List.of(new Times(ours, List.of(3.0))));

        assertThat(standings).singleElement().satisfies(standing -> {
            assertThat(standing.rival()).isNull();
            assertThat(standing.met()).isNull();
            assertThat(standing.oursTimes()).isEqualTo(new Summary(3, 3, 3));
        });
    }

    @Test
    void shouldBeMetExactlyUpToTheGoal() {
        assertThat(Goal.faster(20).met(0.05)).isTrue();
        assertThat(Goal.faster(20).met(0.0501)).isFalse();
        assertThat(Goal.atMost(1.1).met(1.1)).isTrue();
        assertThat(Goal.atMost(1.1).met(1.11)).isFalse();
    }
}
