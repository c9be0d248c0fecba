package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import offspring.examples.ExampleRun;
import offspring.examples.Examples;
import offspring.examples.NoChildLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(NoChildLeft.class)
class GracefulShutdownTest {

    private static final int SIGINT = 2;

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
        assumeThat(isInterruptIgnored())
                .as(
                        "SIGINT is ignored by programs that a shell has started in the background, and by all that they start")
                .isFalse();
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
                    Stream.concat(Stream.of(program.toHandle()), program.descendants())
                            .forEach(family::add);
                    interrupt(family); // as a terminal does it: all of them at once
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

    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16);
                return (ignored >> (SIGINT - 1) & 1) == 1;
            }
        }
        return false;
    }

    private static void interrupt(List<ProcessHandle> family) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-INT"));
        family.forEach(process -> command.add(Long.toString(process.pid())));
        Process kill = new ProcessBuilder(command).inheritIO().start();
        assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
