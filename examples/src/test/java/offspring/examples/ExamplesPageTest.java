package offspring.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The table in docs/guide/examples.md has a row for each example of each room, in the order of the rooms. */
class ExamplesPageTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/guide/examples.md");

    @Test
    void shouldHaveARowForEveryExample() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int head = lines.indexOf("| name | what it shows | room |");

        assertThat(head).as("the head of the table in " + PAGE).isNotNegative();
        assertThat(lines.get(head + 1)).isEqualTo("|---|---|---|");
        assertThat(lines.subList(head + 2, lines.size()).stream().takeWhile(line -> line.startsWith("|")))
                .containsExactlyElementsOf(rows());
    }

    @Test
    void shouldNameOnlyExamplesThatExist() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        List<String> second = lines.subList(lines.indexOf("| there | here |") + 2, lines.size());
        List<String> names = Examples.all().stream()
                .map(example -> "`" + new CommandLine(example).getCommandName() + "`")
                .toList();

        assertThat(second)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(names).containsAll(List.of(row.split(" \\| | \\|")[1].split(", "))));
    }

    private static List<String> rows() {
        List<Object> commands = new ArrayList<>(List.of(new offspring.examples.speedup.SpeedupCommand()));
        commands.addAll(Examples.all());
        return commands.stream().map(ExamplesPageTest::row).toList();
    }

    private static String row(Object command) {
        String room = command.getClass().getPackageName().replaceFirst(".*\\.", "");
        CommandLine.Model.CommandSpec spec = new CommandLine(command).getCommandSpec();
        return "| `" + spec.name() + "` | "
                + String.join(" ", spec.usageMessage().description()) + " | `" + room + "` |";
    }
}
