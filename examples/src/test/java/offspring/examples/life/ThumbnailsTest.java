package offspring.examples.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ThumbnailsTest {

    @Test
    void shouldMakeTheSamePicturesSmallOnThreadsAndInProcesses() throws Exception {
        ExampleRun threads = ExampleRun.asProgram("thumbnails", "--pictures", "8");
        ExampleRun processes = ExampleRun.asProgram("thumbnails", "--pictures", "8", "--processes");

        List<String> lines = threads.lines();
        assertThat(lines).hasSize(2).first().isEqualTo("8 pictures of 320x200 are now 48x30");
        assertThat(lines.get(1)).matches("\\d+ KB have become \\d+ KB");
        assertThat(processes.lines()).isEqualTo(lines);
        assertThat(threads.exitCode() + processes.exitCode()).isZero();
    }
}
