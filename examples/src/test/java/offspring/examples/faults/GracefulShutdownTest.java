package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import offspring.examples.ExampleRun;
import offspring.examples.Examples;
import offspring.examples.Interrupt;
import offspring.examples.NoChildLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(NoChildLeft.class)
class GracefulShutdownTest {

    @Test
    void shouldDoAllJobsWhenNobodyInterrupts() {
        ExampleRun run = ExampleRun.here("graceful-shutdown", "--jobs", "3");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("job 3 is done by ProcessPoolExecutor-"))
                .endsWith("3 jobs begun, 3 finished");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
    void shouldFinishWhatRunsAndBeginNothingMoreAtCtrlC() throws Exception {
        Interrupt.assumePossible();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Examples.class.getName(),
                        "run",
                        "graceful-shutdown",
                        "--jobs",
                        "100000")
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> family = new ArrayList<>();
        try (BufferedReader printed = program.inputReader()) {
            List<String> lines = new ArrayList<>();
            Set<String> workers = new HashSet<>();
            for (String line; (line = printed.readLine()) != null; ) {
                lines.add(line);
                if (line.contains(" is done by ")) {
                    workers.add(line.substring(line.lastIndexOf(' ')));
                }
                if (family.isEmpty() && workers.size() == 2) { // both are at work
                    family.addAll(Interrupt.send(program));
                }
            }
            assertThat(program.waitFor()).as(lines.toString()).isZero();
            String last = lines.get(lines.size() - 1);
            assertThat(lines).contains("Ctrl-C: no new jobs, running ones are finished");
            assertThat(last).matches("(\\d+) jobs begun, \\1 finished");
            assertThat(lines).noneMatch(line -> line.contains("is lost"));
            assertThat(family).noneMatch(ProcessHandle::isAlive);
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly();
        }
    }
}
