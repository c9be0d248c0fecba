package offspring.multiprocessing.internal.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a child JVM is started with, apart from its work.
 *
 * @param name the name of the process
 * @param daemon whether it is ended, not waited for, when its parent ends
 * @param java the {@code java} program
 * @param classes where it finds its classes
 * @param jvmArgs options of the JVM, after our own, so that they win
 * @param systemProperties set in the child
 * @param environment added to the parent's
 * @param directory the working directory; null: the parent's
 * @param output where its standard output goes
 * @param errors where its standard error goes
 * @param classArchive whether it may use a {@link offspring.multiprocessing.internal.launch.archive.ClassArchive}
 * @param unseen whether it is none of the user's: it runs when nothing else does, and is killed at the end
 */
public record LaunchSpec(
        String name,
        boolean daemon,
        Path java,
        ClassSource classes,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        @Nullable Path directory,
        Output output,
        Output errors,
        boolean classArchive,
        boolean unseen) {

    /** The same, but with its classes from elsewhere. */
    public LaunchSpec from(ClassSource others) {
        return new LaunchSpec(
                name,
                daemon,
                java,
                others,
                jvmArgs,
                systemProperties,
                environment,
                directory,
                output,
                errors,
                classArchive,
                unseen);
    }

    /** For a child of the library's own, with these options of the JVM only. */
    LaunchSpec unseen(String unseenName, List<String> args) {
        Output nowhere = Output.to(ProcessBuilder.Redirect.DISCARD);
        return new LaunchSpec(
                unseenName, true, java, classes, args, Map.of(), environment, directory, nowhere, nowhere, false, true);
    }
}
