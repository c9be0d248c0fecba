package offspring.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.Event;
import offspring.core.Thread;
import offspring.core.ThreadExitException;
import offspring.testkit.CapturedErr;
import offspring.testkit.FromCPython;
import offspring.testkit.MayFailInThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MayFailInThreads
class ExcepthookTest {

    /** Fails. */
    private static final class RunFails extends Thread {
        RunFails(String name) {
            super(null, name);
        }

        @Override
        public void run() throws Exception {
            throw new IOException("run failed");
        }
    }

    private static Thread runToFailure() throws InterruptedException {
        var thread = new RunFails("excepthook thread");
        thread.start();
        thread.join();
        return thread;
    }

    private static String outputOfFailure() throws InterruptedException {
        try (var err = CapturedErr.open()) {
            runToFailure();
            return err.text();
        }
    }

    @AfterEach
    void restoreHook() {
        Threading.setExcepthook(Threading.defaultExcepthook());
    }

    @Test
    @FromCPython("test_threading.ExceptHookTests.test_excepthook")
    void shouldPrintNameAndStackByDefault() throws Exception {
        assertThat(outputOfFailure())
                .startsWith("Exception in thread excepthook thread:" + System.lineSeparator())
                .contains("java.io.IOException: run failed")
                .contains("at " + RunFails.class.getName() + ".run(");
    }

    @Test
    @FromCPython("test_threading.ExceptHookTests.test_excepthook_thread_None")
    void shouldPrintTheIdentWhenTheThreadIsNotKnown() {
        try (var err = CapturedErr.open()) {
            Threading.excepthook().accept(new ExceptHookArgs(new IllegalArgumentException("bug"), null));

            assertThat(err.text())
                    .startsWith("Exception in thread " + Threading.getIdent() + ":" + System.lineSeparator())
                    .contains("IllegalArgumentException: bug");
        }
    }

    @Test
    @FromCPython("test_threading.ExceptHookTests.test_system_exit")
    void shouldSayNothingWhenAThreadIsLeftOnPurpose() throws Exception {
        var unwound = new Event();
        try (var err = CapturedErr.open()) {
            var thread = new Thread(() -> {
                try {
                    throw new ThreadExitException("enough");
                } finally {
                    unwound.set();
                }
            });
            thread.start();
            thread.join();

            assertThat(err.text()).isEmpty();
        }
        assertThat(unwound.isSet()).isTrue();
    }

    @Test
    @FromCPython("test_threading.ExceptHookTests.test_custom_excepthook")
    void shouldTellAHookWhatFailedAndWhere() throws Exception {
        var told = new AtomicReference<ExceptHookArgs>();
        var calledIn = new AtomicReference<Thread>();
        Threading.setExcepthook(args -> {
            told.set(args);
            calledIn.set(Threading.currentThread());
        });

        Thread thread = runToFailure();

        assertThat(told.get().exception())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("run failed");
        assertThat(told.get().thread()).isSameAs(thread);
        assertThat(calledIn.get()).isSameAs(thread);
    }

    @Test
    void shouldTellAHookAlsoOfErrorsAndOfExits() throws Exception {
        List<Throwable> told = new ArrayList<>();
        Threading.setExcepthook(args -> told.add(args.exception()));
        for (Throwable failure : List.of(new StackOverflowError("deep"), new ThreadExitException("enough"))) {
            var thread = new Thread(() -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            });
            thread.start();
            thread.join();
        }
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isInstanceOf(StackOverflowError.class);
        assertThat(told.get(1)).isInstanceOf(ThreadExitException.class);
    }

    @Test
    void shouldUseTheHookThatIsInForceWhenTheThreadFails() throws Exception {
        var fail = new Event();
        var thread = new Thread(() -> {
            fail.await();
            throw new IOException("late");
        });
        thread.start();
        var told = new AtomicReference<Throwable>();
        Threading.setExcepthook(args -> told.set(args.exception()));

        fail.set();
        thread.join();

        assertThat(told.get()).hasMessage("late");
    }

    @Test
    @FromCPython("test_threading.ExceptHookTests.test_custom_excepthook_fail")
    void shouldReportAFailingHookToTheJvm() throws Exception {
        var handed = new AtomicReference<Throwable>();
        var before = java.lang.Thread.getDefaultUncaughtExceptionHandler();
        java.lang.Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> handed.set(failure));
        Threading.setExcepthook(args -> {
            throw new IllegalArgumentException("threading_hook failed");
        });
        try (var err = CapturedErr.open()) {
            runToFailure();

            assertThat(err.text()).isEqualTo("Exception in Threading.excepthook:" + System.lineSeparator());
        } finally {
            java.lang.Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(handed.get()).hasMessage("threading_hook failed");
        assertThat(handed.get().getSuppressed()).hasSize(1);
        assertThat(handed.get().getSuppressed()[0]).hasMessage("run failed");
    }

    @Test
    void shouldEndTheThreadThoughHookAndHandlerFail() throws Exception {
        var before = java.lang.Thread.getDefaultUncaughtExceptionHandler();
        java.lang.Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            throw new IllegalStateException("handler failed");
        });
        Threading.setExcepthook(args -> {
            throw new IllegalArgumentException("hook failed");
        });
        try (var err = CapturedErr.open()) {
            Thread thread = runToFailure();

            assertThat(thread.isAlive()).isFalse();
            assertThat(Threading.enumerate()).doesNotContain(thread);
            assertThat(err.text()).startsWith("Exception in Threading.excepthook:");
        } finally {
            java.lang.Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    @FromCPython("test_threading.ExceptHookTests.test_original_excepthook")
    void shouldRestoreTheOriginalHook() throws Exception {
        String byDefault = outputOfFailure();
        Threading.setExcepthook(args -> System.err.print("Running a thread failed"));
        assertThat(Threading.excepthook()).isNotSameAs(Threading.defaultExcepthook());
        assertThat(outputOfFailure()).isEqualTo("Running a thread failed");

        Threading.setExcepthook(Threading.defaultExcepthook());

        assertThat(Threading.excepthook()).isSameAs(Threading.defaultExcepthook());
        assertThat(outputOfFailure()).isEqualTo(byDefault);
    }

    @Test
    void shouldRefuseNoHook() {
        assertThatNullPointerException()
                .isThrownBy(() -> Threading.setExcepthook(null))
                .withMessageContaining("defaultExcepthook()");
    }
}
