package offspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table and the JSON file. */
class ReportingTest {

    private final Row row = Row.of("some-row", "Some row", new Entrant.Jvm("ours", () -> operations -> 1))
            .with(Figure.WARM, 1);
    private final Standing beside = Standing.beside(
            row,
            Figure.WARM,
            "CPython",
            new Standing.Samples(List.of(1_000.0, 1_200.0, 900.0), List.of(100.0, 100.0, 100.0)),
            Goal.faster(4));
    private final Standing alone = Standing.alone(row, Figure.IDLE, List.of(2_500_000.0));

    @Test
    void shouldPrintOneLinePerStandingAndTheTitleOnce() {
        StringWriter text = new StringWriter();
        Table table = new Table(new PrintWriter(text));
        table.head();
        table.add(List.of(beside, alone));

        List<String> lines = text.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .startsWith("Some row")
                .containsSubsequence(
                        "warm", "CPython", "1.00 µs", "100 ns", "10.0× faster", "(9.00 – 12.0)", "≥ 4× faster", "met");
        assertThat(lines.get(2)).doesNotContain("Some row").containsSubsequence("after 1 s idle", "2.50 ms");
    }

    @Test
    void shouldChooseTheUnitThatFits() {
        assertThat(Table.time(9.994)).isEqualTo("9.99 ns");
        assertThat(Table.time(15_400)).isEqualTo("15.4 µs");
        assertThat(Table.time(38_000_000)).isEqualTo("38.0 ms");
        assertThat(Table.time(2.5e9)).isEqualTo("2.50 s");
        assertThat(Table.ratio(0.05)).isEqualTo("20.0× faster");
        assertThat(Table.ratio(0.54)).isEqualTo("1.85× faster");
        assertThat(Table.ratio(1.049)).isEqualTo("1.05 × time");
        assertThat(Table.ratio(2.5)).isEqualTo("2.50× slower");
    }

    @Test
    void shouldKeepEveryFigureInTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("results.json");
        new Results("17", null, 2, 3, List.of(beside, alone), List.of("lock: no")).writeTo(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/python").isNull()).isTrue();
        assertThat(json.at("/failures/0").asText()).isEqualTo("lock: no");
        assertThat(json.at("/standings/0/row").asText()).isEqualTo("some-row");
        assertThat(json.at("/standings/0/figure").asText()).isEqualTo("warm");
        assertThat(json.at("/standings/0/rivalTimes/median").asDouble()).isEqualTo(1_000);
        assertThat(json.at("/standings/0/shareOfRival/median").asDouble()).isEqualTo(0.1);
        assertThat(json.at("/standings/0/met").asBoolean()).isTrue();
        assertThat(json.at("/standings/0/samples/rival")).hasSize(3);
        assertThat(json.at("/standings/1/rival").isNull()).isTrue();
    }
}
