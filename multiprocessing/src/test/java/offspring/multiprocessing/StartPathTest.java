package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child has loaded before and after its target ran: each class costs each start. */
class StartPathTest {

    /** Once loaded, they bring dozens or hundreds more; none is needed by a child that shares nothing. */
    private static final List<String> DEAR = List.of(
            "java.io.ObjectInputStream",
            "java.net.Socket",
            "java.nio.channels.FileChannel",
            "java.nio.channels.Selector",
            "java.util.regex.Pattern",
            "java.util.ServiceLoader",
            "java.util.stream.Stream",
            "offspring.multiprocessing.Process",
            "offspring.multiprocessing.internal.parking.Bell",
            "offspring.multiprocessing.internal.segment.Segment",
            "org.slf4j.LoggerFactory");

    @TempDir
    Path folder;

    @Test
    void shouldLoadNothingDearWhenTargetSharesNothing() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        List<String> loaded = loadedBy(Process.builder().target(() -> {}));

        assertThat(loaded).contains("offspring.multiprocessing.internal.launch.ChildMain");
        assertThat(loaded).doesNotContainAnyElementsOf(DEAR);
    }

    @Test
    void shouldKnowItselfWhenTargetCameAlone() throws Exception {
        String name = "the " + "child";
        Process child = Process.builder()
                .target(() -> {
                    Process me = Multiprocessing.currentProcess();
                    Process next = new Process(() -> {});
                    boolean right = me.name().equals("the child")
                            && me.daemon()
                            && me.isAlive()
                            && me == Multiprocessing.currentProcess()
                            && next.daemon()
                            && next.name().matches("Process-[0-9]+:1");
                    System.exit(right ? 0 : 7);
                })
                .name(name)
                .daemon(true)
                .build();
        child.start();
        child.join();

        assertThat(child.exitcode()).hasValue(0);
    }

    @Test
    void shouldShareTheClassesOfTheJdkWithOtherProcesses() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        assumeThat(System.getProperty("java.vm.info")).contains("sharing");

        Long ownKib = Kin.ask(Long.class, StartPathTest::kibOfArchiveForMyself);

        assertThat(ownKib).isBetween(1L, 8L << 10); // of 12 MB
    }

    private static long kibOfArchiveForMyself() throws IOException {
        long kib = 0;
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (!line.contains("kB")) {
                inside = line.startsWith("VmFlags") ? inside : line.endsWith(".jsa");
            } else if (inside && line.startsWith("Private_Dirty:")) {
                kib += Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return kib;
    }

    private List<String> loadedBy(Process.Builder builder) throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        Process child = builder.options(ProcessOptions.builder()
                        .jvmArgs("-Xlog:class+load:file=" + log + ":none:filecount=0")
                        .build())
                .build();
        child.start();
        child.join();
        assertThat(child.exitcode()).hasValue(0);
        return Files.readAllLines(log).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }
}
