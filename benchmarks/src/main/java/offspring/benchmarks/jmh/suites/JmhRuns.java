package offspring.benchmarks.jmh.suites;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs suites through JMH, each benchmark in JVMs of its own with no options but JMH's. */
public final class JmhRuns {

    private static final int[] PERCENTILES = {0, 50, 90, 100};

    private final boolean quick;
    private final PrintWriter log;

    /**
     * Runs to come.
     *
     * @param quick whether they are for looking only
     * @param log where it tells how far it is; JMH's own words are shown there if it fails
     */
    public JmhRuns(boolean quick, PrintWriter log) {
        this.quick = quick;
        this.log = log;
    }

    /**
     * Runs a suite.
     *
     * @throws Exception if a benchmark fails
     */
    public List<JmhFigure> measure(JmhSuite suite) throws Exception {
        List<JmhFigure> figures = new ArrayList<>();
        for (JmhRun run : suite.runs(quick)) {
            for (RunResult result : results(run)) {
                figures.add(figure(suite, result));
            }
        }
        log.println("measured: " + suite.id() + ", " + figures.size() + " figures");
        log.flush();
        return figures;
    }

    /** What JMH says meanwhile goes to a file. */
    Iterable<RunResult> results(JmhRun run) throws IOException {
        Path words = Files.createTempFile("offspring-jmh", ".log");
        try {
            return new Runner(options(run).output(words.toString()).build()).run();
        } catch (RunnerException failure) {
            Files.readAllLines(words).forEach(log::println);
            log.flush();
            throw new IOException("JMH failed on " + run.benchmarks() + ": " + failure.getMessage(), failure);
        } finally {
            Files.deleteIfExists(words);
        }
    }

    private static ChainedOptionsBuilder options(JmhRun run) {
        JmhRun.Effort effort = run.effort();
        TimeValue time = TimeValue.milliseconds(effort.time().toMillis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(effort.forks())
                .warmupIterations(effort.warmUps())
                .warmupTime(time)
                .measurementIterations(effort.iterations())
                .measurementTime(time)
                .timeout(new TimeValue(2, TimeUnit.MINUTES))
                .shouldFailOnError(true)
                .jvmArgs();
        for (Class<?> benchmark : run.benchmarks()) {
            options = options.include(Pattern.quote(benchmark.getName() + "."));
        }
        for (Map.Entry<String, List<String>> param : run.params().entrySet()) {
            options = options.param(param.getKey(), param.getValue().toArray(String[]::new));
        }
        return options;
    }

    private static JmhFigure figure(JmhSuite suite, RunResult result) {
        BenchmarkParams asked = result.getParams();
        Map<String, String> params = new LinkedHashMap<>();
        asked.getParamsKeys().forEach(key -> params.put(key, asked.getParam(key)));
        String name = asked.getBenchmark();
        int method = name.lastIndexOf('.');
        String benchmark = name.substring(name.lastIndexOf('.', method - 1) + 1);
        return new JmhFigure(
                suite.id(),
                suite.label(benchmark, params),
                benchmark,
                params,
                asked.getMode().shortLabel(),
                score(result.getPrimaryResult()));
    }

    private static JmhFigure.Score score(Result<?> result) {
        Statistics samples = result.getStatistics();
        Map<String, Double> percentiles = new LinkedHashMap<>();
        for (int percentile : PERCENTILES) {
            percentiles.put("p" + percentile, samples.getPercentile(percentile));
        }
        double error = result.getScoreError();
        return new JmhFigure.Score(
                result.getScore(), Double.isNaN(error) ? null : error, result.getScoreUnit(), percentiles);
    }
}
