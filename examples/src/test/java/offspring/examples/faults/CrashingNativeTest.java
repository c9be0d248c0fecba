package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CrashingNativeTest {

    @Test
    void shouldDecodeTheOtherFramesAndTellOfTheCrashWhenOneFrameCrashesTheWorker() throws Exception {
        ExampleRun run = ExampleRun.asProgram("crashing-native");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines()).contains("decoded: hello", "decoded: world", "lost: exit code 1, MAY_HAVE_RUN");
        String all = String.join("\n", run.lines());
        assertThat(all).contains("its JVM crashed, see ", "SIGSEGV", "Problematic frame:", "Unsafe_");
        assertThat(Pattern.compile("see (\\S+\\.log)")
                        .matcher(all)
                        .results()
                        .map(MatchResult::group)
                        .map(found -> Path.of(found.substring("see ".length()))))
                .as("crash logs")
                .hasSize(1)
                .noneMatch(Files::exists);
    }
}
