package offspring.multiprocessing.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import offspring.testkit.Crew;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slots are given out and given back, and an identity names one process for ever. */
class ProcessTableTest {

    private static final long PARENT = (7L << 16) | 42;

    @TempDir
    Path folder;

    private Path file;
    private ProcessTable table;

    @BeforeEach
    void makeTable() throws IOException {
        file = folder.resolve("processes");
        table = ProcessTable.create(file);
    }

    @Test
    void shouldCountAProcessAsAliveFromTheTakingToTheFreeingOfItsSlot() throws Exception {
        long identity = table.take(PARENT);

        assertThat(table.isAlive(identity)).isTrue();
        assertThat(table.isRunning(identity)).isFalse();
        assertThat(table.parent(identity)).isEqualTo(PARENT);
        assertThat(table.pid(identity)).isZero();

        table.setPid(identity, 4711);
        table.setState(identity, ProcessTable.RUNNING);
        assertThat(table.isRunning(identity)).isTrue();
        assertThat(table.pid(identity)).isEqualTo(4711);

        table.free(identity);
        assertThat(table.isAlive(identity)).isFalse();
        assertThat(table.isRunning(identity)).isFalse();
    }

    @Test
    void shouldKnowNobodyAtFirst() {
        assertThat(table.isAlive(0)).isFalse();
        assertThat(table.isAlive(PARENT)).isFalse();
        assertThat(childrenOf(PARENT)).isEmpty();
        assertThat(table.deaths()).isZero();
    }

    @Test
    void shouldNeverGiveTheSameIdentityTwice() throws Exception {
        Set<Long> identities = new HashSet<>();
        for (int i = 0; i < 3 * ProcessTable.SLOTS; i++) {
            long identity = table.take(PARENT);
            assertThat(identities.add(identity)).isTrue();
            table.free(identity);
        }
        assertThat(table.deaths()).isEqualTo(3 * ProcessTable.SLOTS);
        assertThat(identities.stream().map(ProcessTable::slotOf).distinct()).hasSize(ProcessTable.SLOTS);
        assertThat(identities.stream().map(ProcessTable::generationOf).distinct())
                .containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void shouldNotTakeTheSuccessorInASlotForTheDead() throws Exception {
        long first = table.take(PARENT);
        table.setPid(first, 1);
        table.setState(first, ProcessTable.RUNNING);
        table.setBell(first, true);
        table.report(first, 0);
        table.free(first);
        long second = takeSlot(ProcessTable.slotOf(first));

        assertThat(table.isAlive(first)).isFalse();
        assertThat(table.isAlive(second)).isTrue();
        assertThat(table.isRunning(second)).isFalse();
        assertThat(table.pid(second)).isZero();
        assertThat(table.exitCode(second, 143))
                .as("the report of the former process is gone")
                .isEqualTo(-15);
        assertThat(listeners()).isEmpty();

        table.free(first);
        assertThat(table.isAlive(second))
                .as("the dead cannot free their successor")
                .isTrue();
        assertThat(table.deaths())
                .isEqualTo(ProcessTable.SLOTS); // all that takeSlot gave back on its way, and the first
    }

    /** Takes and gives back until this slot comes. */
    private long takeSlot(int slot) throws IOException {
        long identity = table.take(0);
        while (ProcessTable.slotOf(identity) != slot) {
            table.free(identity);
            identity = table.take(0);
        }
        return identity;
    }

    @Test
    void shouldCountADeathOnce() throws Exception {
        long identity = table.take(PARENT);

        table.free(identity);
        table.free(identity);

        assertThat(table.deaths()).isEqualTo(1);
    }

    @Test
    void shouldSayWhenAllSlotsAreTaken() throws Exception {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < ProcessTable.SLOTS; i++) {
            all.add(table.take(PARENT));
        }

        assertThatThrownBy(() -> table.take(PARENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("4096");
        table.free(all.get(1234));

        assertThat(ProcessTable.slotOf(table.take(PARENT))).isEqualTo(ProcessTable.slotOf(all.get(1234)));
        assertThat(childrenOf(PARENT)).hasSize(ProcessTable.SLOTS);
    }

    @Test
    void shouldGiveEachThreadSlotsOfItsOwn() throws Exception {
        Set<Long> held = ConcurrentHashMap.newKeySet();
        try (var crew = Crew.start(4, () -> {
            for (int i = 0; i < 20_000; i++) {
                long identity = table.take(PARENT);
                assertThat(held.add(identity)).isTrue();
                assertThat(table.isAlive(identity)).isTrue();
                table.setPid(identity, i);
                assertThat(table.pid(identity)).isEqualTo(i);
                table.free(identity);
                assertThat(table.isAlive(identity)).isFalse();
            }
        })) {
            crew.join();
        }
        assertThat(held).hasSize(80_000);
        assertThat(table.deaths()).isEqualTo(80_000);
        assertThat(childrenOf(PARENT)).isEmpty();
    }

    @Test
    void shouldFindTheChildrenOfAProcess() throws Exception {
        long one = table.take(PARENT);
        long other = table.take(PARENT);
        long stranger = table.take(PARENT + 1);
        long gone = table.take(PARENT);
        table.free(gone);
        table.setState(other, ProcessTable.RUNNING);

        assertThat(childrenOf(PARENT)).containsExactlyInAnyOrder(one, other);
        assertThat(childrenOf(PARENT + 1)).containsExactly(stranger);
    }

    @Test
    void shouldFindThoseWhoListenByTheLowBitsOfTheirSlots() throws Exception {
        Set<Long> listening = new HashSet<>();
        Set<Long> third = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            long identity = table.take(PARENT);
            if (i % 2 == 0) {
                table.setBell(identity, true);
                listening.add(identity);
                if (ProcessTable.slotOf(identity) % 64 == 4) {
                    third.add(identity);
                }
            }
        }

        assertThat(listeners()).isEqualTo(listening);
        Set<Long> found = new HashSet<>();
        table.forEachListener(4, 64, found::add);
        assertThat(found).isEqualTo(third).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, NONE, 0",
        "1, NONE, 1",
        "7, NONE, 7",
        "128, NONE, 128",
        "137, NONE, -9",
        "143, NONE, -15",
        "134, NONE, -6",
        "192, NONE, -64",
        "193, NONE, 193",
        "255, NONE, 255",
        "143, NORMAL, 143",
        "137, NORMAL, 137",
        "0, NORMAL, 0",
        "143, SIGTERM, -15",
        "130, SIGINT, -2"
    })
    void shouldTellASignalFromAnExitCode(int status, String report, int expected) throws Exception {
        long identity = table.take(PARENT);
        switch (report) {
            case "NORMAL" -> table.report(identity, 0);
            case "SIGTERM" -> table.report(identity, 15);
            case "SIGINT" -> table.report(identity, 2);
            default -> assertThat(report).isEqualTo("NONE");
        }

        assertThat(table.exitCode(identity, status)).isEqualTo(expected);
    }

    @Test
    void shouldBeTheSameTableForWhoOpensItsFile() throws Exception {
        long identity = table.take(PARENT);
        ProcessTable other = ProcessTable.open(file);

        assertThat(other.isAlive(identity)).isTrue();
        other.free(identity);
        assertThat(table.isAlive(identity)).isFalse();
        assertThat(Set.of(table.nextId(), other.nextId(), table.nextId())).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void shouldRefuseAFileThatIsNoTable() throws Exception {
        Path wrong = Files.write(folder.resolve("wrong"), new byte[100_000]);

        assertThatThrownBy(() -> ProcessTable.open(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(wrong.toString())
                .hasMessageContaining("version");
    }

    private Set<Long> childrenOf(long parent) {
        Set<Long> found = new HashSet<>();
        table.forEachChildOf(parent, found::add);
        return found;
    }

    private Set<Long> listeners() {
        Set<Long> found = new HashSet<>();
        table.forEachListener(0, 1, found::add);
        return found;
    }
}
