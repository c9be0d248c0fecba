package offspring.multiprocessing.internal.launch.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from the logs that JVMs write when they crash. Real crashes are in {@code DiagnosisTest}. */
class CrashLogTest {

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("crash.log");
    }

    private CrashLog read(String text) throws IOException {
        return CrashLog.read(Files.writeString(log, text), log);
    }

    @Test
    void shouldTakeTheSignalTheVersionsAndTheFrame() throws IOException {
        CrashLog crash = read("""
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f2d1c5b2e31, pid=4711, tid=4712
                #
                # JRE version: OpenJDK Runtime Environment (17.0.9+9) (build 17.0.9+9)
                # Java VM: OpenJDK 64-Bit Server VM (17.0.9+9, mixed mode, serial gc, linux-amd64)
                # Problematic frame:
                # C  [libcodec.so+0x1139]  decode+0x9
                #
                # No core dump will be written. Core dumps have been disabled.
                #
                # If you would like to submit a bug report, please visit:
                #   https://example.org/
                #

                ---------------  S U M M A R Y ------------

                Command Line: -Xmx64m secret
                """);

        assertThat(crash.file()).isEqualTo(log);
        assertThat(crash.head())
                .containsExactly(
                        "A fatal error has been detected by the Java Runtime Environment:",
                        "SIGSEGV (0xb) at pc=0x00007f2d1c5b2e31, pid=4711, tid=4712",
                        "JRE version: OpenJDK Runtime Environment (17.0.9+9) (build 17.0.9+9)",
                        "Java VM: OpenJDK 64-Bit Server VM (17.0.9+9, mixed mode, serial gc, linux-amd64)",
                        "Problematic frame:",
                        "C  [libcodec.so+0x1139]  decode+0x9");
        assertThat(crash.problem())
                .containsExactly(
                        "SIGSEGV (0xb) at pc=0x00007f2d1c5b2e31, pid=4711, tid=4712",
                        "Problematic frame:",
                        "C  [libcodec.so+0x1139]  decode+0x9");
    }

    @Test
    void shouldTakeTheReasonWhenTheSystemHadNoMemory() throws IOException {
        CrashLog crash = read("""
                #
                # There is insufficient memory for the Java Runtime Environment to continue.
                # Native memory allocation (mmap) failed to map 16384 bytes for committing reserved memory.
                # Possible reasons:
                #   The system is out of physical RAM or swap space
                #
                #  Out of Memory Error (os_linux.cpp:2895), pid=4711, tid=4712
                #
                # Core dump will be written. Default location: /tmp/core.4711
                #
                """);

        assertThat(crash.problem())
                .hasSize(5)
                .startsWith("There is insufficient memory for the Java Runtime Environment to continue.")
                .endsWith("Out of Memory Error (os_linux.cpp:2895), pid=4711, tid=4712");
    }

    @Test
    void shouldBoundWhatItTakes() throws IOException {
        assertThat(read("# line\n".repeat(100)).head()).hasSize(15);
        assertThat(read("# " + "x".repeat(100_000)).head())
                .singleElement()
                .asString()
                .hasSize(2048);
        assertThat(read(("# " + "x".repeat(1500) + "\n").repeat(3)).head())
                .extracting(String::length)
                .containsExactly(1500, 548);
    }

    @Test
    void shouldTakeNothingFromALogThatBeginsOtherwise() throws IOException {
        assertThat(read("").head()).isEmpty();
        assertThat(read("\n---------------  S U M M A R Y ------------\nCommand Line: x\n")
                        .head())
                .isEmpty();
    }

    @Test
    void shouldReadLettersThatAreNone() throws IOException {
        Files.write(log, new byte[] {'#', ' ', (byte) 0xff, (byte) 0xfe, ' ', 'x', '\n'});

        assertThat(CrashLog.read(log, null).head()).singleElement().asString().endsWith(" x");
    }

    @Test
    void shouldKnowOfTheCrashWhenTheLogIsGone() {
        CrashLog crash = CrashLog.read(log, null);

        assertThat(crash.head()).isEmpty();
        assertThat(crash.file()).isNull();
    }
}
