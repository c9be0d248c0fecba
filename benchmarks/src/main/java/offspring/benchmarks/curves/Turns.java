package offspring.benchmarks.curves;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.programs.Crew;
import offspring.benchmarks.programs.Job;
import offspring.benchmarks.programs.Program;

/** Measures by turns, each after its warm-up. */
final class Turns {

    private final Scale scale;
    private final Crew alone = Crew.sequential();

    Turns(Scale scale) {
        this.scale = scale;
    }

    /** The crews do so many tasks again and again; twice as long as elsewhere, for each process of a crew has to compile it all. */
    void warmUp(Map<String, Crew> crews, Job job, long size, int tasks) throws Exception {
        for (Crew crew : crews.values()) {
            long left = 2 * scale.warmUp().toNanos();
            do {
                left -= time(crew, job, size, tasks);
            } while (left > 0);
        }
    }

    /** How much faster each crew is than one thread alone. */
    Map<String, Summary> speedups(Map<String, Crew> crews, Job job, long size, int tasks) throws Exception {
        for (Crew crew : crews.values()) {
            time(crew, job, size, tasks);
        }
        // it is warm from the sizing; what the crews have compiled since must not be met in the first round
        time(alone, job, size, tasks);
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (int round = 0; round < scale.rounds(); round++) {
            double sequential = (double) time(alone, job, size, tasks);
            for (Map.Entry<String, Crew> crew : crews.entrySet()) {
                found.computeIfAbsent(crew.getKey(), name -> new ArrayList<>())
                        .add(sequential / time(crew.getValue(), job, size, tasks));
            }
        }
        Map<String, Summary> speedups = new LinkedHashMap<>();
        found.forEach((name, rounds) -> speedups.put(name, Summary.of(rounds)));
        return speedups;
    }

    private static long time(Crew crew, Job job, long size, int tasks) throws Exception {
        long start = System.nanoTime();
        crew.work(job, size, tasks);
        return Math.max(1, System.nanoTime() - start);
    }

    /** Nanoseconds per operation of a program, in turns of so many operations, after such a warm-up. */
    Summary nanosOf(Program program, long operations, Duration warmUp) throws Exception {
        long left = warmUp.toNanos();
        do {
            left -= Math.max(1, program.run(operations));
        } while (left > 0);
        // turns of small counts are repeated until they fill the time: a single call is too short to be timed
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            long nanos = 0;
            long done = 0;
            while (nanos < scale.turn().toNanos()) {
                nanos += Math.max(1, program.run(operations));
                done += operations;
            }
            rounds.add((double) nanos / done);
        }
        return Summary.of(rounds);
    }
}
