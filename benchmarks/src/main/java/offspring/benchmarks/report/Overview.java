package offspring.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.curves.SpeedupSuite;
import offspring.benchmarks.programs.Job;

/** All jobs in one picture, each by as many workers as there are processors; taken from the curves of the jobs. */
final class Overview {

    private static final List<Job> JOBS = List.of(Job.values());

    /** One group of bars for each job. */
    static final Plot PLOT = new Plot(
            "speedup",
            "Speed-up by as many workers as processors",
            new Plot.Axis("job", 0, place -> JOBS.get((int) place).title()),
            Plot.SPEEDUP,
            Plot.Form.BARS,
            "The same tasks, first one after the other on one thread, then by as many workers as there are processors."
                    + " A JVM has no global lock, so threads gain as much as processes; processes add protection, and cost"
                    + " their start, which is not in these figures.");

    private Overview() {}

    /** A line for each kind of worker that was measured for every job; empty if none was. */
    static List<Curve> of(Report report) {
        return JOBS.stream()
                .flatMap(job -> lines(report, job).map(Curve::line))
                .distinct()
                .map(line -> new Curve(PLOT.id(), line, points(report, line)))
                .filter(curve -> curve.points().size() == JOBS.size())
                .toList();
    }

    private static List<Curve.Point> points(Report report, String line) {
        return JOBS.stream()
                .flatMap(job -> lines(report, job)
                        .filter(curve -> curve.line().equals(line))
                        .flatMap(curve -> curve.points().stream())
                        .filter(point -> point.x() == report.machine().processors())
                        .map(point -> new Curve.Point(JOBS.indexOf(job), point.y())))
                .toList();
    }

    private static Stream<Curve> lines(Report report, Job job) {
        return report.curves().stream().filter(curve -> curve.plot().equals(SpeedupSuite.speedupOf(job)));
    }
}
