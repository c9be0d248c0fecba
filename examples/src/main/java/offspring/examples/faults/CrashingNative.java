package offspring.examples.faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import offspring.examples.Example;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.WorkerLostException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A native library that crashes takes its JVM with it: so it is called in a JVM of its own, and what is lost is one call. */
@Command(
        name = "crashing-native",
        description =
                "A native library crashes its JVM, which is a worker: one call fails, and says where the crash was.")
final class CrashingNative extends Example {

    private static final int FIRST_WITH_WARNINGS = 24;

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs decode: 2 if not given.")
    private int workers = 2;

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        List<byte[]> frames = List.of(frame(5, "hello"), frame(100, "a lie"), frame(5, "world"));
        try (Pool pool =
                ProcessPool.builder().maxWorkers(workers).options(quietCrash()).build()) {
            for (Outcome<String> outcome : pool.mapOutcomes(NativeCodec::decode, frames)) {
                if (outcome.failure() instanceof WorkerLostException lost) {
                    tell(out, lost);
                } else {
                    out.println("decoded: " + outcome.get());
                }
            }
        }
    }

    private static void tell(PrintWriter out, WorkerLostException lost) throws IOException {
        out.println("lost: exit code " + lost.exitCode() + ", " + lost.certainty());
        out.println("    " + lost.toString().replace("\n", "\n    "));
        if (lost.crashLog().isPresent()) { // a copy for us, to be read and to be deleted
            Files.delete(lost.crashLog().get());
        }
    }

    private static byte[] frame(int claimed, String text) {
        return ((char) claimed + text).getBytes(StandardCharsets.UTF_8);
    }

    /** No core dump, no report on standard output, no warning of how this example crashes, which newer JVMs print. */
    private static ProcessOptions quietCrash() {
        ProcessOptions.Builder options =
                ProcessOptions.builder().jvmArgs("-XX:-CreateCoredumpOnCrash").output(Redirect.DISCARD);
        if (Runtime.version().feature() >= FIRST_WITH_WARNINGS) {
            options.jvmArgs("--sun-misc-unsafe-memory-access=allow");
        }
        return options.build();
    }
}
