package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a process ends, and what its parent learns of it. */
@ExtendWith(FamilyCheck.class)
class ProcessEndTest {

    // ---- by itself

    @Test
    void shouldEndWithZeroWhenTheWorkReturns() throws Exception {
        assertThat(Kin.run(() -> {})).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 137, 143, 200, 255})
    @FromCPython("_test_multiprocessing._TestSubclassingProcess.test_sys_exit")
    void shouldEndWithTheCodeThatTheWorkExitsWith(int code) throws Exception {
        assertThat(Kin.run(() -> System.exit(code))).isEqualTo(code);
    }

    @Test
    void shouldEndWithTheCodeThatTheWorkHaltsWith() throws Exception {
        assertThat(Kin.run(() -> Runtime.getRuntime().halt(5))).isEqualTo(5);
    }

    @Test
    void shouldExitFromAnyThread() throws Exception {
        assertThat(Kin.run(() -> {
                    new Thread(() -> System.exit(11)).start();
                    Kin.sleepForEver();
                }))
                .isEqualTo(11);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSubclassingProcess.test_stderr_flush")
    void shouldEndWithOneAndPrintTheStackWhenTheWorkThrows() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        Process process = withErrors(errors, "unlucky", () -> {
            throw new IllegalArgumentException("on purpose", new ArithmeticException("deeper"));
        });

        assertThat(Kin.run(process)).isEqualTo(1);

        List<String> lines = List.copyOf(errors);
        assertThat(lines.get(0)).isEqualTo("Process unlucky:");
        assertThat(lines.get(1)).isEqualTo("java.lang.IllegalArgumentException: on purpose");
        assertThat(lines.get(2)).contains("ProcessEndTest");
        assertThat(lines).contains("Caused by: java.lang.ArithmeticException: deeper");
    }

    @Test
    void shouldEndWithOneWhenTheWorkThrowsAnError() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();

        assertThat(Kin.run(withErrors(errors, "failing", () -> {
                    throw new StackOverflowError("not really");
                })))
                .isEqualTo(1);

        assertThat(errors).contains("java.lang.StackOverflowError: not really");
    }

    private static Process withErrors(Queue<String> errors, String name, CheckedRunnable work) {
        return Process.builder()
                .name(name)
                .target(work)
                .options(ProcessOptions.builder().errorLines(errors::add).build())
                .build();
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestProcess.test_error_on_stdio_flush_1",
        "_test_multiprocessing._TestProcess.test_error_on_stdio_flush_2",
    })
    void shouldEndWithZeroWhenItsStandardStreamsAreBroken() throws Exception {
        assertThat(Kin.run(() -> {
                    System.out.close();
                    System.err.close();
                    System.out.println("nobody reads this");
                }))
                .isZero();
        assertThat(Kin.run(() -> {
                    System.setOut(null);
                    System.setErr(null);
                }))
                .isZero();
    }

    @Test
    void shouldEndWithOneWhenItThrowsAndCannotSaySo() throws Exception {
        assertThat(Kin.run(() -> {
                    System.setErr(null);
                    throw new IllegalStateException("unheard");
                }))
                .isEqualTo(1);
        assertThat(Kin.run(() -> {
                    System.setErr(new BrokenStream());
                    throw new IllegalStateException("unheard");
                }))
                .isEqualTo(1);
    }

    private static final class BrokenStream extends PrintStream {

        BrokenStream() {
            super(nullOutputStream());
        }

        @Override
        public void println(Object x) {
            throw new IllegalStateException("the stream is broken");
        }

        @Override
        public void println(String x) {
            throw new IllegalStateException("the stream is broken");
        }
    }

    // ---- threads of the child

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_wait_for_threads")
    void shouldWaitForItsThreadsButNotForItsDaemons(@TempDir Path folder) throws Exception {
        String file = folder.resolve("written").toString();

        assertThat(Kin.run(() -> startThreads(file))).isZero();

        assertThat(Path.of(file)).hasContent("by a thread");
    }

    @Test
    void shouldWaitForItsThreadsWhenTheWorkThrows(@TempDir Path folder) throws Exception {
        String file = folder.resolve("written").toString();
        Queue<String> errors = new ConcurrentLinkedQueue<>();

        assertThat(Kin.run(withErrors(errors, "threads", () -> {
                    startThreads(file);
                    throw new IllegalStateException("on purpose");
                })))
                .isEqualTo(1);

        assertThat(Path.of(file)).hasContent("by a thread");
        assertThat(errors).contains("java.lang.IllegalStateException: on purpose");
    }

    /** Starts a thread that writes the file when the main thread is through, and a daemon that never ends. */
    private static void startThreads(String file) {
        Thread main = Thread.currentThread();
        Thread daemon = new Thread(() -> {
            try {
                Kin.sleepForEver();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        daemon.setDaemon(true);
        daemon.start();
        new Thread(() -> {
                    try {
                        while (main.getState() == Thread.State.RUNNABLE) {
                            Thread.onSpinWait();
                        }
                        Files.writeString(Path.of(file), "by a thread");
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .start();
    }

    @Test
    void shouldRunItsShutdownHooksAtANormalEnd(@TempDir Path folder) throws Exception {
        String file = folder.resolve("hook").toString();

        assertThat(Kin.run(() -> writeAtShutdown(file))).isZero();

        assertThat(Path.of(file)).hasContent("by a hook");
    }

    private static void writeAtShutdown(String file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.writeString(Path.of(file), "by a hook");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }));
    }

    // ---- by the parent

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_terminate")
    void shouldEndWithMinus15WhenTerminated(@TempDir Path folder) throws Exception {
        String file = folder.resolve("hook").toString();
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process process = Process.builder()
                .daemon(true)
                .target(() -> {
                    writeAtShutdown(file);
                    there.send("ready");
                    Kin.sleepForEver();
                })
                .build();
        process.start();
        Kin.receive(pipe.first());
        pipe.close();
        assertThat(process.join(Duration.ZERO)).isFalse();

        process.terminate();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(-15);
        assertThat(Path.of(file)).hasContent("by a hook");
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);
        process.terminate();
        process.kill();
        process.interrupt();
        assertThat(process.exitcode()).hasValue(-15);
    }

    @Test
    void shouldEndWithMinus15WhenTerminatedBeforeItCouldBegin() throws Exception {
        for (int i = 0; i < 5; i++) {
            Process process = new Process(Kin::sleepForEver);
            process.start();
            process.terminate();
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(-15);
        }
    }

    @Test
    void shouldEndWithMinus15WhenTerminatedWhileItComputes() throws Exception {
        Process process = Kin.begin(() -> {
            while (true) {
                Thread.onSpinWait();
            }
        });

        process.terminate();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(-15);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_kill")
    void shouldEndWithMinus9WhenKilled() throws Exception {
        Process process = Kin.begin(Kin::sleepForEver);
        assertThat(process.join(Duration.ZERO)).isFalse();

        process.kill();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(-9);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void shouldTakeItsDescendantsAlongWhenKilled() throws Exception {
        Pipe pids = Pipe.oneWay();
        Connection there = pids.second();
        Process process = new Process(() -> {
            Process grandchild = new Process(() -> {
                there.send(ProcessHandle.current().pid());
                Kin.sleepForEver();
            });
            grandchild.start();
            Kin.sleepForEver();
        });
        process.start();
        ProcessHandle grandchild =
                ProcessHandle.of((Long) Kin.receive(pids.first())).orElseThrow();

        process.kill();
        Kin.join(process);

        offspring.testkit.Deadlines.eventually("the grandchild is gone", () -> !grandchild.isAlive());
        pids.close();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_interrupt")
    void shouldEndWithOneWhenInterruptedWhileItWaits() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        Process process = Kin.begin(
                Process.builder()
                        .options(
                                ProcessOptions.builder().errorLines(errors::add).build()),
                Kin::sleepForEver);

        process.interrupt();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(1);
        assertThat(errors).contains("java.lang.InterruptedException");
    }

    @Test
    void shouldGoOnWhenItsWorkHandlesTheInterrupt() throws Exception {
        Process process = Kin.begin(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                System.exit(12);
            }
        });

        process.interrupt();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(12);
    }

    @Test
    void shouldHaveNoStandardInput() throws Exception {
        assertThat(Kin.ask(Integer.class, () -> System.in.read())).isEqualTo(-1);
    }
}
