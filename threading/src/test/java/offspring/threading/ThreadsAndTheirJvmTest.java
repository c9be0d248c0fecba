package offspring.threading;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.testkit.ChildJava;
import offspring.testkit.FromCPython;
import offspring.threading.children.DividesByZeroInThread;
import offspring.threading.children.EndsMainBeforeItsThread;
import offspring.threading.children.ExitsUnderRunningThread;
import offspring.threading.children.FindsMainEnded;
import offspring.threading.children.IsRefusedAThread;
import offspring.threading.children.LeavesDaemonsRunning;
import offspring.threading.children.OverflowsStackInThread;
import offspring.threading.children.StartsThreadFromThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadsAndTheirJvmTest {

    @Test
    @FromCPython("test_threading.ThreadJoinOnShutdown.test_1_join_on_shutdown")
    void shouldKeepTheJvmAliveUntilTheThreadEnds() {
        ChildJava.Result result = ChildJava.run(EndsMainBeforeItsThread.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("end of main\nend of thread; main is alive: false\nstill listed: true\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @FromCPython("test_threading.ThreadJoinOnShutdown.test_thread_from_thread")
    void shouldKeepTheJvmAliveForAThreadStartedByAThread() {
        ChildJava.Result result = ChildJava.run(StartsThreadFromThread.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("OK\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @FromCPython("test_threading.ThreadJoinOnShutdown.test_4_daemon_threads")
    void shouldLetTheJvmEndUnderItsDaemons() {
        ChildJava.Result result = ChildJava.run(LeavesDaemonsRunning.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("OK\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_join_nondaemon_on_shutdown")
    void shouldKeepTheJvmAliveThoughMainFailed() {
        ChildJava.Result result = ChildJava.run(ExitsUnderRunningThread.class);

        assertThat(result.out()).isEqualTo("Woke up\n");
        assertThat(result.err()).contains("main fails");
        assertThat(result.exitCode()).isOne();
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_recursion_limit")
    void shouldSurviveAStackOverflowInAThread() {
        ChildJava.Result result = ChildJava.run(OverflowsStackInThread.class);

        assertThat(result.out()).isEqualTo("caught\nend of main thread\n");
        assertThat(result.err()).startsWith("Exception in thread overflowing:\njava.lang.StackOverflowError\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_print_exception")
    void shouldPrintAnUncaughtException() {
        ChildJava.Result result = ChildJava.run(DividesByZeroInThread.class);

        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("Exception in thread Thread-1 (<lambda>):\njava.lang.ArithmeticException: / by zero\n")
                .contains("\tat " + DividesByZeroInThread.class.getName());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // others may reserve nothing for a stack before it is used
    @FromCPython({
        "test_threading.ThreadTests.test_limbo_cleanup",
        "test_threading.ThreadTests.test_start_new_thread_failed"
    })
    void shouldCleanUpWhenTheSystemRefusesAThread() {
        ChildJava.Result result = ChildJava.run(IsRefusedAThread.class);

        assertThat(result.out())
                .containsPattern("refused\n<Thread\\(refused, initial\\)>\n"
                        + "listed: \\[<MainThread\\(MainThread, started \\d+\\)>]\nnot joinable\nran\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void shouldRepresentAMainThreadThatEndedLongAgo() {
        ChildJava.Result result = ChildJava.run(FindsMainEnded.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("<MainThread(MainThread, stopped)> alive: false first: true\n");
    }
}
