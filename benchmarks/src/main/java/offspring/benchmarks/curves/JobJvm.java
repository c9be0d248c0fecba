package offspring.benchmarks.curves;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import offspring.benchmarks.programs.Job;

/**
 * A JVM that measures the curves of one job in one picture, and nothing before.
 *
 * <p>Where several jobs share a JVM, the call of a task has seen many classes, is no longer inlined, and gets slower for the
 * thread that works alone, but not for children: each of theirs is young. A speed-up beside such a reference flatters them.
 */
final class JobJvm {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JobJvm() {}

    /**
     * Starts one and waits for its answer.
     *
     * @throws IOException if it fails; its words are on standard error
     */
    static List<Curve> measure(String plot, Job job, Scale scale) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        JobJvm.class.getName(),
                        plot,
                        job.name(),
                        scale.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = jvm.inputReader(StandardCharsets.UTF_8)) {
            // the line, not the end: a child of the child may keep the stream open for longer
            String answer = answers.readLine();
            int exitCode = jvm.waitFor();
            if (answer == null || exitCode != 0) {
                throw new IOException("the JVM that measures " + plot + " of " + job.title() + " ended with code "
                        + exitCode + "; its own words are on standard error");
            }
            return JSON.readValue(answer, new TypeReference<>() {});
        } finally {
            jvm.descendants().forEach(ProcessHandle::destroyForcibly);
            jvm.destroyForcibly();
        }
    }

    /**
     * Measures and answers by one line of JSON.
     *
     * @param args the picture's id, the job and the scale
     * @throws Exception what the measuring throws
     */
    public static void main(String... args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        List<Curve> curves = new JobSuite(Scale.valueOf(args[2]), Job.valueOf(args[1])).measure(args[0]);
        answers.println(JSON.writeValueAsString(curves));
        answers.flush();
    }
}
