package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offspring.multiprocessing.connection.Connection;
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

    /** The same for a child that shares something, and for a worker. */
    private static final List<String> DEAR_TO_ALL = List.of(
            "java.io.ObjectInputStream",
            "java.io.ObjectOutputStream",
            "java.util.regex.Pattern",
            "java.util.ServiceLoader",
            "java.util.stream.Stream",
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
    void shouldLoadNoObjectStreamAndLinkNoLambdaWhenTargetUsesWhatIsShared() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                Lock lock = new Lock();
                Semaphore semaphore = new Semaphore(1);
                Event event = new Event();
                IntValue value = Value.ofInt(1);
                Queue<Integer> queue = new Queue<>()) {
            Connection end = pipe.second();
            List<String> loaded = loadedBy(Process.builder().target(() -> {
                lock.acquire();
                semaphore.acquire();
                event.set();
                queue.put(value.addAndGet(1));
                end.send(value.get());
                lock.release();
            }));

            assertThat(pipe.first().recv()).isEqualTo(2);
            assertThat(queue.get()).isEqualTo(2);
            assertThat(event.isSet()).isTrue();
            assertCheap(loaded);
        }
    }

    @Test
    void shouldLoadNoObjectStreamAndLinkNoLambdaInAWorkerUntilItsFirstCall() throws Exception {
        Path log = folder.resolve("worker");
        try (ProcessPool pool = ProcessPool.builder()
                .maxWorkers(1)
                .standbyCount(0)
                .options(logTo(log))
                .build()) {
            assertThat(pool.apply(StartPathTest::called, 20)).isEqualTo(21);
        }
        List<String> loaded = loadedIn(log);

        assertCheap(loaded.subList(0, loaded.indexOf(FirstCall.class.getName())));
    }

    private static int called(int number) {
        return FirstCall.next(number);
    }

    /** Its first use is the worker's first call. */
    private static final class FirstCall {
        static int next(int number) {
            return number + 1;
        }
    }

    /** The only lambda of the library that is linked is the target: in user code, which this test is. */
    private static void assertCheap(List<String> loaded) {
        assertThat(loaded).contains("offspring.multiprocessing.internal.segment.Segment");
        assertThat(loaded).doesNotContainAnyElementsOf(DEAR_TO_ALL);
        assertThat(loaded)
                .filteredOn(name -> name.startsWith("offspring.") && name.contains("$$Lambda"))
                .allMatch(name -> name.startsWith(StartPathTest.class.getName()));
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
        Process child = builder.options(logTo(log)).build();
        child.start();
        child.join();
        assertThat(child.exitcode()).hasValue(0);
        return loadedIn(log);
    }

    private static ProcessOptions logTo(Path log) {
        return ProcessOptions.builder()
                .jvmArgs("-Xlog:class+load:file=" + log + ":none:filecount=0")
                .build();
    }

    private static List<String> loadedIn(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }
}
