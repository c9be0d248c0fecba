package offspring.benchmarks.jmh.suites;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What JMH is asked to run at once.
 *
 * @param benchmarks classes, of which all benchmarks run
 * @param params the parameters that are not as the class has them, by name
 * @param effort how long
 */
record JmhRun(List<Class<?>> benchmarks, Map<String, List<String>> params, Effort effort) {

    JmhRun {
        benchmarks = List.copyOf(benchmarks);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * How long a benchmark with one set of parameters takes.
     *
     * @param forks JVMs, one after the other
     * @param warmUps iterations that do not count
     * @param iterations those that do
     * @param time of an iteration; in the mode of single shots it is one invocation instead
     */
    record Effort(int forks, int warmUps, int iterations, Duration time) {}
}
