package offspring.benchmarks.curves;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import offspring.benchmarks.programs.Job;

/** What workers are worth for tasks that keep a processor busy: by their number, and by the size of a task. */
public final class SpeedupSuite {

    /** The id of the picture of two workers and tasks of growing size. */
    public static final String PAY = "pay";

    /** The id of the picture of the same for all jobs. */
    public static final String PAY_JOBS = "pay-jobs";

    private final Scale scale;
    private final PrintWriter log;

    /**
     * A suite.
     *
     * @param scale how much time it takes
     * @param log where it tells how far it is
     */
    public SpeedupSuite(Scale scale, PrintWriter log) {
        this.scale = scale;
        this.log = log;
    }

    /** The id of the picture of a job's speed-up. */
    public static String speedupOf(Job job) {
        return "speedup-" + job.id();
    }

    /**
     * What measures the wanted pictures, by the name of the part.
     *
     * @param wanted which pictures, by id
     */
    public Map<String, Callable<List<Curve>>> parts(Predicate<String> wanted) {
        Map<String, Callable<List<Curve>>> parts = new LinkedHashMap<>();
        for (Job job : Job.values()) {
            parts.put(speedupOf(job), () -> measure(speedupOf(job), job));
        }
        parts.put(PAY, () -> measure(PAY, Job.SHA256));
        parts.put(PAY_JOBS, this::payOfAll);
        parts.keySet().removeIf(wanted.negate());
        return parts;
    }

    private List<Curve> payOfAll() throws IOException, InterruptedException {
        List<Curve> curves = new ArrayList<>();
        for (Job job : Job.values()) {
            curves.addAll(measure(PAY_JOBS, job));
        }
        return curves;
    }

    private List<Curve> measure(String plot, Job job) throws IOException, InterruptedException {
        List<Curve> curves = JobJvm.measure(plot, job, scale);
        log.println("measured: " + plot + ", " + job.title());
        log.flush();
        return curves;
    }
}
