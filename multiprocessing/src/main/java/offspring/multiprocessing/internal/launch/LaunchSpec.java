package offspring.multiprocessing.internal.launch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import offspring.multiprocessing.internal.launch.diagnosis.Diagnostics;
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
 * @param diagnostics what is wanted to find out what is wrong with it
 * @param purpose what it is for
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
        Diagnostics diagnostics,
        Purpose purpose) {

    /** What a child is for. What is not for work is none of the user's, and is killed at the end. */
    public enum Purpose {
        /** To do what the user wants. */
        WORK,
        /** To become a process of the user's. */
        STANDBY,
        /** To write an archive of classes; it runs when nothing else does. */
        CLASS_ARCHIVE
    }

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
                diagnostics,
                purpose);
    }

    /**
     * What two specifications have in common if a child that stands by for one of them can be the other. A list, since the first hash code
     * of a record takes 15 ms of a young JVM.
     */
    public List<@Nullable Object> standbyKey() {
        return Arrays.asList(
                java,
                classes.entries(),
                classes.classPath(),
                classes.launcher(),
                jvmArgs,
                systemProperties,
                environment,
                directory,
                output.redirect(),
                errors.redirect(),
                classArchive,
                diagnostics.heapDumps());
    }

    /** What a child is started with that stands by for processes like this one. */
    public LaunchSpec standby() {
        return new LaunchSpec(
                "standby",
                true,
                java,
                classes,
                jvmArgs,
                systemProperties,
                environment,
                directory,
                Output.to(output.redirect()),
                Output.to(errors.redirect()),
                classArchive,
                diagnostics,
                Purpose.STANDBY);
    }

    /**
     * Whether a child that was started ahead can be such a process. A file that it overwrites would be emptied too early; a debugger, or whoever
     * keeps files, wants to know whose they are.
     */
    public boolean canStandBy() {
        return !overwrites(output)
                && !overwrites(errors)
                && diagnostics.debug() == null
                && diagnostics.keepFiles() == null;
    }

    private static boolean overwrites(Output where) {
        return where.redirect().type() == ProcessBuilder.Redirect.Type.WRITE
                && !where.redirect().equals(ProcessBuilder.Redirect.DISCARD);
    }

    /** For a child of the library's own that writes an archive of classes, with these options of the JVM only. */
    LaunchSpec archiving(List<String> args) {
        Output nowhere = Output.to(ProcessBuilder.Redirect.DISCARD);
        return new LaunchSpec(
                "class archive",
                true,
                java,
                classes,
                args,
                Map.of(),
                environment,
                directory,
                nowhere,
                nowhere,
                false,
                Diagnostics.NONE,
                Purpose.CLASS_ARCHIVE);
    }
}
