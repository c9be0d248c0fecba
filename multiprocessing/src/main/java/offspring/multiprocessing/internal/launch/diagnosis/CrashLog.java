package offspring.multiprocessing.internal.launch.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the crash of a child's JVM.
 *
 * <p>The log of a JVM begins with a comment, from which the head is taken: its lines without the mark, up to the words about cores and reports.
 *
 * <pre>
 *   #
 *   # A fatal error has been detected by the Java Runtime Environment:
 *   #
 *   #  SIGSEGV (0xb) at pc=0x00007f2d1c5b2e31, pid=4711, tid=4712
 *   #
 *   # JRE version: ...
 *   # Java VM: ...
 *   # Problematic frame:
 *   # V  [libjvm.so+0xf2ce31]  Unsafe_PutLong(JNIEnv_*, _jobject*, _jobject*, long, long)+0xd1
 *   #
 *   # No core dump will be written. ...
 *   # If you would like to submit a bug report, please visit: ...
 * </pre>
 *
 * @param head the lines that say what the problem was, and in which JVM; empty if the log has no such lines
 * @param file where the whole log is; null if it could not be kept
 */
public record CrashLog(List<String> head, @Nullable Path file) {

    private static final int MOST_LINES = 15;
    private static final int MOST_LETTERS = 2 << 10;
    private static final int BYTES_LOOKED_AT = 8 << 10;

    /** How lines begin with which the JVM introduces itself. */
    private static final List<String> OF_THE_JVM =
            List.of("A fatal error has been detected by", "JRE version:", "Java VM:");

    /** How the first line begins that says what to do with the log. */
    private static final List<String> AFTER_THE_HEAD = List.of(
            "Core dump",
            "No core dump",
            "Failed to write core dump",
            "CreateCoredumpOnCrash",
            "JFR recording file",
            "If you would like to submit",
            "---------------");

    /** Copies the lines. */
    public CrashLog {
        head = List.copyOf(head);
    }

    /**
     * The crash that a log tells of.
     *
     * @param log what the JVM has written
     * @param kept where it stays; null: nowhere
     */
    public static CrashLog read(Path log, @Nullable Path kept) {
        try (InputStream in = Files.newInputStream(log)) {
            // letters that are none do not hinder: paths of libraries may have any bytes
            return new CrashLog(head(new String(in.readNBytes(BYTES_LOOKED_AT), Charset.defaultCharset())), kept);
        } catch (IOException e) {
            Logs.of(CrashLog.class).warn("the crash log {} cannot be read", log, e);
            return new CrashLog(List.of(), kept);
        }
    }

    private static List<String> head(String text) {
        List<String> head = new ArrayList<>();
        int room = MOST_LETTERS;
        for (String line : text.lines().toList()) {
            String said = line.startsWith("#") ? line.substring(1).strip() : line.strip();
            if (AFTER_THE_HEAD.stream().anyMatch(said::startsWith) || head.size() == MOST_LINES || room == 0) {
                break;
            }
            if (!said.isEmpty()) {
                String fitting = said.substring(0, Math.min(room, said.length()));
                head.add(fitting);
                room -= fitting.length();
            }
        }
        return head;
    }

    /** Of the head, the lines that say what went wrong, and where. */
    public List<String> problem() {
        return head.stream()
                .filter(line -> OF_THE_JVM.stream().noneMatch(line::startsWith))
                .toList();
    }
}
