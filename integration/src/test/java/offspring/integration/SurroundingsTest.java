package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application on the class path, in surroundings that are not the usual ones. */
class SurroundingsTest {

    /** The largest single variable that Linux takes has 128 KiB. */
    private static final int VARIABLE = 100 << 10;

    private static final String STRANGE = "a path with späces, 日本 and 'quotes'";

    @TempDir
    Path folder;

    private static String classPath() {
        return Artifacts.path(Artifacts.all());
    }

    private static String main() {
        return App.class.getName();
    }

    @Test
    @Environment("path with spaces and letters that are not ASCII")
    void shouldRunFromAPathWithSpacesAndForeignLetters() throws Exception {
        Tools.assumeForeignNames(folder);
        Path strange = Files.createDirectory(folder.resolve(STRANGE));
        List<Path> jars = Artifacts.copies(strange.resolve("jars"));
        String notThere = strange.resolve("not-there.jar") + java.io.File.pathSeparator;
        int longEnough = (1 << 15) / notThere.length();

        Started.in(strange)
                .environment("LC_ALL", "C.UTF-8")
                .with("-Djava.io.tmpdir=" + strange)
                .run("-cp", notThere.repeat(longEnough) + Artifacts.path(jars), main())
                .assertWorked();
    }

    @Test
    @Environment("working directory with such letters under LC_ALL=C")
    void shouldRunInADirectoryThatTheLocaleCannotName() throws Exception {
        Tools.assumeForeignNames(folder);
        Path strange = Files.createDirectory(folder.resolve(STRANGE));

        Started.in(folder)
                .through("/bin/sh", "-c", "cd \"$0\"* && pwd > ../directory.txt && exec \"$@\"", folder + "/a path")
                .environment("LC_ALL", "C")
                .run("-cp", classPath(), main())
                .assertWorked();
        assertThat(folder.resolve("directory.txt")).hasContent(strange.toString());
    }

    @Test
    @Environment("class path with such letters under LC_ALL=C")
    void shouldLeaveItToTheJvmToRefuseAClassPathThatTheLocaleCannotName() throws Exception {
        Tools.assumeForeignNames(folder);
        Path strange = Files.createDirectory(folder.resolve(STRANGE));
        Artifacts.copies(strange);

        Started.Result result = Started.in(folder)
                .environment("LC_ALL", "C")
                .through("/bin/sh", "-c", "exec \"$@\" -cp \"$(echo \"$0\"/a*)/*\" " + main(), folder.toString())
                .run();

        assertThat(result.exitCode()).isOne();
        assertThat(result.err()).contains("Could not find or load main class " + main());
    }

    @Test
    @Environment("another default language, other digits, another time zone")
    void shouldRunInAnotherLanguageAndTimeZone() throws Exception {
        Started.in(folder)
                .with("-Duser.language=th", "-Duser.country=TH", "-Duser.extensions=u-nu-thai")
                .with("-Duser.timezone=Etc/GMT+12")
                .run("-cp", classPath(), main())
                .assertWorked();
        Started.in(folder)
                .with("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Kiritimati")
                .with("-Dapp.childArgs=-Duser.language=ar -Duser.country=EG -Duser.timezone=Asia/Kathmandu")
                .run("-cp", classPath(), main())
                .assertWorked();
    }

    @Test
    @Environment("environment of more than 1 MB")
    void shouldRunWithALargeEnvironment() throws Exception {
        Started started = Started.in(folder);
        for (int i = 0; i < 11; i++) {
            started.environment("LARGE_" + i, "x".repeat(VARIABLE));
        }

        started.run("-cp", classPath(), main()).assertWorked();
    }

    @Test
    @Environment("JVMs without handlers of signals: -Xrs")
    void shouldRunAndBeTerminatedWithoutSignalHandlers() throws Exception {
        Started.Result result = Started.in(folder)
                .with("-Xrs")
                .run(
                        "-cp",
                        classPath() + java.io.File.pathSeparator + Artifacts.classesOfTests(),
                        Ends.class.getName());

        assertThat(result.out()).as(result.err()).containsExactly("exit code: -15", "hook: ran");
        assertThat(result.exitCode()).isZero();
    }

    // ---- what only some users may do

    @Test
    @Environment("unprivileged user")
    void shouldRunAsAnUnprivilegedUser() throws Exception {
        Tools.assumeRootWith("setpriv");
        Path open = Tools.openFolder(folder);
        List<Path> jars = Artifacts.copies(open.resolve("jars"));

        Started.in(open)
                .through("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                .environment("HOME", "/nonexistent")
                .run("-cp", Artifacts.path(jars), main())
                .assertWorked();
    }

    @Test
    @Environment("read-only root, small /dev/shm")
    void shouldRunOnAReadOnlyRootWithASmallRamFileSystem() throws Exception {
        Tools.assumeOwnMounts();
        Path tmp = Files.createDirectory(folder.resolve("tmp"));

        Started.Result result = Started.in(folder)
                .through(Tools.withMounts(
                        "mount -t tmpfs -o size=1m tmpfs /dev/shm", "mount -t tmpfs -o size=64m tmpfs " + tmp))
                .with("-Djava.io.tmpdir=" + tmp)
                .run("-cp", classPath(), main());

        result.assertWorked();
        assertThat(result.out()).contains("session in " + tmp);
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    @Environment("read-only root, small /dev/shm, read-only temp directory")
    void shouldRefuseWhereNothingCanBeWritten() throws Exception {
        Tools.assumeOwnMounts();
        Path tmp = Files.createDirectory(folder.resolve("tmp"));

        Started.in(folder)
                .through(Tools.withMounts(
                        "mount -t tmpfs -o size=1m tmpfs /dev/shm", "mount -t tmpfs -o size=1m,ro tmpfs " + tmp))
                .with("-Djava.io.tmpdir=" + tmp)
                .run("-cp", classPath(), main())
                .assertRefused(
                        "cannot make the session directory " + tmp + "/offspring-",
                        "Read-only file system",
                        Refusals.NO_PLACE);
    }

    @Test
    @Environment("/dev/shm that others own")
    void shouldRunWhereTheRamFileSystemBelongsToOthers() throws Exception {
        Tools.assumeRootWith("setpriv");
        Tools.assumeOwnMounts();
        Path open = Tools.openFolder(folder);
        List<Path> jars = Artifacts.copies(open.resolve("jars"));
        Path tmp = Files.createDirectory(open.resolve("tmp"));
        Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));

        Started.Result result = Started.in(open)
                .through(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o mode=0755 tmpfs /dev/shm"
                                + " && exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"",
                        "sh")
                .with("-Djava.io.tmpdir=" + tmp)
                .run("-cp", Artifacts.path(jars), main());

        result.assertWorked();
        assertThat(result.out()).contains("session in " + tmp);
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    @Environment("300 children at once")
    @Timeout(120)
    void shouldRunManyChildrenAtOnce() throws Exception {
        int count = Tools.childrenThatFit(300);

        Started.Result result = Started.in(folder)
                .run(
                        "-cp",
                        classPath() + java.io.File.pathSeparator + Artifacts.classesOfTests(),
                        Many.class.getName(),
                        String.valueOf(count));

        assertThat(result.out()).as(result.err()).first().isEqualTo("answers: " + count);
        assertThat(result.out()).contains("alive: " + count, "exit codes: [0]");
        System.out.println(count + " children at once, " + String.join(", ", result.out()));
    }
}
