package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

@ExtendWith(FamilyCheck.class)
class LoggingTest {

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    /** What a child writes to standard error. */
    private List<String> errorsOf(offspring.core.function.CheckedRunnable work) throws Exception {
        Process child = Process.builder()
                .target(work)
                .name("Parent")
                .options(ProcessOptions.builder().errorLines(errors::add).build())
                .build();
        child.start();
        assertThat(child.join(Deadlines.PATIENCE)).isTrue();
        assertThat(child.exitcode()).hasValue(0);
        return List.copyOf(errors);
    }

    private static void startAndJoin(int exitCode) throws Exception {
        Process child = new Process(
                () -> {
                    if (exitCode != 0) {
                        Runtime.getRuntime().halt(exitCode);
                    }
                },
                "Kid");
        child.start();
        child.join();
    }

    @Test
    void shouldWriteStartsAndEndsToStandardErrorWhenAsked() throws Exception {
        List<String> lines = errorsOf(() -> {
            Multiprocessing.logToStderr();
            Multiprocessing.logToStderr();
            startAndJoin(0);
            startAndJoin(7);
        });
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).matches("\\[DEBUG/Parent] started Kid, pid \\d+");
        assertThat(lines.get(1)).isEqualTo("[DEBUG/Kid] child process calling run()");
        assertThat(lines.get(2)).isEqualTo("[DEBUG/Kid] run() is over");
        assertThat(lines.get(3)).matches("\\[DEBUG/Parent] Kid, pid \\d+, ended with exit code 0");
        assertThat(lines.get(6)).matches("\\[DEBUG/Parent] Kid, pid \\d+, ended with exit code 7");
    }

    @Test
    void shouldWriteNothingWhenNotAsked() throws Exception {
        assertThat(errorsOf(() -> startAndJoin(0))).isEmpty();
    }

    private static List<String> context() {
        return List.of(
                String.valueOf(MDC.get("request")),
                String.valueOf(MDC.get("offspring.worker")),
                String.valueOf(MDC.get("offspring.task")),
                Thread.currentThread().getName());
    }

    @Test
    void shouldCarryTheContextOfTheCallerToTheWorkerIfThereIsAny() throws Exception {
        try (var pool = new ProcessPool(1)) {
            String here = Thread.currentThread().getName();
            List<String> before = pool.apply(LoggingTest::context);
            String worker = pool.workerStatistics().get(0).name();
            String name = worker.substring(0, worker.lastIndexOf('-'));
            assertThat(before).startsWith("null", "null", "null").doesNotContain(here + "/" + worker);
            MDC.put("request", "42");
            try {
                assertThat(pool.apply(LoggingTest::context))
                        .containsExactly("42", worker, name + "/1", here + "/" + worker);
                assertThat(pool.map(x -> context(), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)))
                        .containsOnly(List.of("42", worker, name + "/2", here + "/" + worker));
            } finally {
                MDC.clear();
            }
            assertThat(pool.apply(LoggingTest::context)).isEqualTo(before);
        }
    }

    @Test
    void shouldCarryTheContextOfEveryCallerWhenAsked() throws Exception {
        try (var executor =
                ProcessPoolExecutor.builder().maxWorkers(1).logContext(true).build()) {
            List<String> context = executor.submit(LoggingTest::context).get();
            assertThat(context.get(0)).isEqualTo("null");
            assertThat(context.get(1)).startsWith("ProcessPoolExecutor-").endsWith("-1");
            assertThat(context.get(2)).startsWith("ProcessPoolExecutor-").endsWith("/1");
            assertThat(context.get(3)).isEqualTo(Thread.currentThread().getName() + "/" + context.get(1));
        }
    }

    @Test
    void shouldTellTheLoggerOfTheWorkersOfPools() throws Exception {
        Logger logger = (Logger) Multiprocessing.getLogger();
        assertThat(logger.getName()).isEqualTo("offspring.multiprocessing");
        var told = new ConcurrentLinkedQueue<ILoggingEvent>();
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                told.add(event);
            }
        };
        appender.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
        try {
            try (var pool = new ProcessPool(1)) {
                pool.apply(() -> 1);
            }
            Deadlines.eventually("the end is told", () -> told.size() == 2);
            assertThat(told).allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.DEBUG));
            assertThat(told.remove().getFormattedMessage()).matches("started ProcessPool-\\d+-1, pid \\d+");
            assertThat(told.remove().getFormattedMessage())
                    .matches("ProcessPool-\\d+-1, pid \\d+, ended with exit code 0");
        } finally {
            logger.detachAppender(appender);
            logger.setAdditive(true);
            logger.setLevel(before);
        }
    }
}
