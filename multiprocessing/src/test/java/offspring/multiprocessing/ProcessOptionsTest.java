package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What can be chosen for the JVM of a process, seen from inside it. */
@ExtendWith(FamilyCheck.class)
class ProcessOptionsTest {

    private static <T> T ask(ProcessOptions.Builder options, Class<T> type, CheckedSupplier<T> question)
            throws IOException, InterruptedException {
        return Kin.ask(Process.builder().options(options.build()), type, question);
    }

    private static int run(ProcessOptions.Builder options, CheckedRunnable work)
            throws IOException, InterruptedException {
        return Kin.run(Process.builder().target(work).options(options.build()).build());
    }

    // ---- the JVM

    @Test
    void shouldLimitTheHeap() throws Exception {
        long max = ask(
                ProcessOptions.builder().maxHeap("64m"),
                Long.class,
                () -> Runtime.getRuntime().maxMemory());

        assertThat(max).isBetween(32L << 20, 64L << 20);
    }

    @Test
    void shouldRefuseAHeapThatIsNone() {
        for (String wrong : List.of("", "0", "-1m", "64 m", "m", "64mb", "1.5g")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProcessOptions.builder().maxHeap(wrong))
                    .withMessageContaining('"' + wrong + '"');
        }
    }

    @Test
    void shouldSetSystemProperties() throws Exception {
        String value = ask(
                ProcessOptions.builder().systemProperty("offspring.probe", "a b=c\"d'"),
                String.class,
                () -> System.getProperty("offspring.probe"));

        assertThat(value).isEqualTo("a b=c\"d'");
    }

    @Test
    void shouldAddToTheEnvironment() throws Exception {
        List<?> values = ask(
                ProcessOptions.builder().environment("OFFSPRING_PROBE", "there"),
                List.class,
                () -> List.of(System.getenv("OFFSPRING_PROBE"), System.getenv("PATH")));

        assertThat(values.toString())
                .isEqualTo(List.of("there", System.getenv("PATH")).toString());
    }

    @Test
    void shouldRunInAnotherDirectoryWithTheSameClasses(@TempDir Path folder) throws Exception {
        String there = ask(
                ProcessOptions.builder().directory(folder),
                String.class,
                () -> Path.of("").toAbsolutePath().toRealPath().toString());

        assertThat(there).isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void shouldLetLaterJvmArgumentsWin() throws Exception {
        long max = ask(
                ProcessOptions.builder().maxHeap("512m").jvmArgs("-Xmx64m", "-Doffspring.probe=2"),
                Long.class,
                () -> Runtime.getRuntime().maxMemory());

        assertThat(max).isLessThanOrEqualTo(64L << 20);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_set_executable")
    void shouldRunAnotherJava() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        assertThat(run(ProcessOptions.builder().java(java), () -> {})).isZero();
        assertThat(run(ProcessOptions.builder().java(java.toRealPath()), () -> {}))
                .isZero();
    }

    @Test
    void shouldCheckAssertionsWhenItsParentDoes() throws Exception {
        boolean here = ProcessOptionsTest.class.desiredAssertionStatus();

        assertThat(Kin.ask(Boolean.class, ProcessOptionsTest.class::desiredAssertionStatus))
                .isEqualTo(here);
    }

    // ---- output

    @Test
    void shouldDeliverTheLinesOfBothStreamsInOrderBeforeJoinReturns() throws Exception {
        Queue<String> out = new ConcurrentLinkedQueue<>();
        Queue<String> err = new ConcurrentLinkedQueue<>();

        int code = run(ProcessOptions.builder().outputLines(out::add).errorLines(err::add), () -> {
            for (int i = 0; i < 10_000; i++) {
                System.out.println("line " + i);
            }
            System.err.println("to the other stream");
            System.out.print("without an end");
        });

        assertThat(code).isZero();
        assertThat(out).hasSize(10_001).endsWith("line 9999", "without an end");
        assertThat(out.stream().limit(10_000))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toList());
        assertThat(err).containsExactly("to the other stream");
    }

    @Test
    void shouldNotBlockAChildWhoseLinesTheConsumerRefuses() throws Exception {
        int[] calls = {0};
        var refusing = ProcessOptions.builder().outputLines(line -> {
            calls[0]++;
            throw new IllegalStateException("no more");
        });

        int code = run(refusing, () -> {
            for (int i = 0; i < 20_000; i++) {
                System.out.println("more than a pipe holds, line " + i);
            }
        });

        assertThat(code).isZero();
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void shouldWriteBothStreamsToFiles(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");

        run(ProcessOptions.builder().output(Redirect.to(out.toFile())).errors(Redirect.to(err.toFile())), () -> {
            System.out.print("to out");
            System.err.print("to err");
        });
        run(ProcessOptions.builder().output(Redirect.appendTo(out.toFile())), () -> System.out.print(", and more"));

        assertThat(out).hasContent("to out, and more");
        assertThat(err).hasContent("to err");
    }

    @Test
    void shouldDiscardOutput() throws Exception {
        int code = run(ProcessOptions.builder().output(Redirect.DISCARD).errors(Redirect.DISCARD), () -> {
            for (int i = 0; i < 20_000; i++) {
                System.out.println("more than a pipe holds, line " + i);
            }
            System.err.println("gone");
        });

        assertThat(code).isZero();
    }

    @Test
    void shouldRefuseAStreamThatNobodyWouldRead(@TempDir Path folder) {
        Redirect read = Redirect.from(folder.toFile());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessOptions.builder().output(Redirect.PIPE))
                .withMessageContaining("outputLines");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessOptions.builder().errors(Redirect.PIPE))
                .withMessageContaining("errorLines");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessOptions.builder().output(read));
    }

    @Test
    void shouldServeManyProcessesWithOneSetOfOptions() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        ProcessOptions options =
                ProcessOptions.builder().outputLines(lines::add).build();
        for (int i = 0; i < 2; i++) {
            Kin.run(Process.builder()
                    .target(() -> System.out.println("hello"))
                    .options(options)
                    .build());
        }

        assertThat(lines).containsExactly("hello", "hello");
    }
}
