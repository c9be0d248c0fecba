package offspring.multiprocessing.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.SessionFiles;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists in shared memory: items of all types, what fits, journeys, and that Python reads what we write. */
@ExtendWith(FamilyCheck.class)
class ShareableListTest {

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<Object> assorted() {
        return Arrays.asList("howdy", ascii("HoWdY"), -273.154, 100, null, true, 42);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_ShareableList_basics")
    void shouldHoldItemsOfAllTypes() throws Exception {
        try (var list = ShareableList.create(assorted())) {
            assertThat(list.size()).isEqualTo(7);
            assertThat(list.toList()).containsExactly("howdy", ascii("HoWdY"), -273.154, 100L, null, true, 42L);
            assertThat(list.toString())
                    .contains(list.memory().name())
                    .contains("[howdy, 5 bytes, -273.154, 100, null, true, 42]");
            assertThatThrownBy(() -> list.get(7)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> list.set(7, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(list.format()).isEqualTo("8s8sdqxxxxxx?xxxxxxxx?q");
            list.set(0, "howdy");
            assertThat(list.format()).startsWith("8s");

            assertThat(list.index(100)).isEqualTo(3);
            assertThatThrownBy(() -> list.index("100")).isInstanceOf(IllegalArgumentException.class);

            list.set(3, 42);
            assertThat(list.get(3)).isEqualTo(42L);
            list.set(4, "some");
            assertThat(list.get(4)).isEqualTo("some");
            assertThat(list.format()).isEqualTo("8s8sdq8sxxxxxxx?q");
            assertThatThrownBy(() -> list.set(4, "far too many"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("exceeds the available storage");
            assertThat(list.get(4)).isEqualTo("some");
            list.set(0, "encodés"); // exactly 8 bytes
            assertThat(list.get(0)).isEqualTo("encodés");
            assertThat(list.get(1)).as("no spillage").isEqualTo(ascii("HoWdY"));
            assertThatThrownBy(() -> list.set(0, "encodées")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> list.set(1, ascii("123456789"))).isInstanceOf(IllegalArgumentException.class);
            assertThat(list.get(1)).isEqualTo(ascii("HoWdY"));

            assertThat(list.count(42)).isEqualTo(2);
            assertThat(list.count(ascii("HoWdY"))).isEqualTo(1);
            assertThat(list.count(ascii("adios"))).isZero();
            assertThat(list.count(null)).isZero();
        }
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    void shouldBeCopiedUnderAnotherName() throws Exception {
        String name = "offspring-copy-" + ProcessHandle.current().pid();
        try (var list = ShareableList.create(assorted());
                var copy = ShareableList.create(name, list.toList());
                var same = ShareableList.attach(list.memory().name())) {
            assertThat(copy.memory().name()).isEqualTo(name);
            assertThat(copy.toList()).containsExactly(list.toList().toArray());
            assertThat(copy.format()).isEqualTo(list.format());
            copy.set(6, 77);
            assertThat(list.get(6)).isEqualTo(42L);
            same.set(6, 880);
            assertThat(list.get(6)).isEqualTo(880L);
            copy.memory().unlink();
        }
        try (var empty = ShareableList.create(List.of())) {
            assertThat(empty.size()).isZero();
            assertThat(empty.format()).isEmpty();
            assertThat(empty.count("any")).isZero();
            assertThatThrownBy(() -> empty.index(null)).isInstanceOf(IllegalArgumentException.class);
            assertThat(empty.iterator()).isExhausted();
            try (var same = ShareableList.attach(empty.memory().name())) {
                assertThat(same.size()).isZero();
            }
        }
    }

    @Test
    void shouldKeepZeroesAtTheEndAndTextsOfAllAlphabets() throws Exception {
        List<Object> items = List.of(
                "a\0\0", new byte[] {1, 0}, new byte[3], "\0", "", new byte[0], "ÄÖÜ€日本語😀", "1234567", "12345678");
        try (var list = ShareableList.create(items);
                var same = ShareableList.attach(list.memory().name())) {
            assertThat(same.toList()).containsExactly(items.toArray());
            same.set(1, new byte[] {0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(list.get(1)).isEqualTo(new byte[8]);
            same.set(1, "plain");
            assertThat(list.get(1)).isEqualTo("plain");
        }
    }

    @Test
    void shouldRefuseWhatItCannotHold() throws Exception {
        assertThatThrownBy(() -> ShareableList.create(List.of(1L, 'x')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Character");
        assertThatThrownBy(() -> ShareableList.create(List.of(new byte[10_000_000])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("item 0 has 10000000 bytes");
        try (var list = ShareableList.create(List.of(1L, new byte[9_999_991]))) {
            assertThatThrownBy(() -> list.set(0, List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThat(list.get(0)).isEqualTo(1L);
            assertThat(list.format()).isEqualTo("q9999992s");
        }
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    void shouldRefuseMemoryThatHasNoList() throws Exception {
        for (long beginning : new long[] {-1, 3, Long.MAX_VALUE, 1L << 61}) {
            try (var memory = SharedMemory.create(32)) {
                memory.buffer().putLong(0, beginning);
                assertThatThrownBy(() -> ShareableList.attach(memory.name()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("no shareable list");
            }
        }
        try (var memory = SharedMemory.create(64)) {
            memory.buffer().putLong(0, 1).putLong(8, 0).putLong(16, 1 << 20);
            assertThatThrownBy(() -> ShareableList.attach(memory.name())).isInstanceOf(IOException.class);
        }
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    void shouldSayThatAnItemIsTorn() throws Exception {
        try (var list = ShareableList.create(List.of(1L))) {
            int codes = 8 + 2 * 8 + 8 + 8;
            list.memory().buffer().put(codes, (byte) 99);
            assertThatThrownBy(() -> list.get(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("code 99");
            list.set(0, 2);
            assertThat(list.get(0)).isEqualTo(2L);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_ShareableList_pickling")
    void shouldBeTheSameListAfterAJourney() throws Exception {
        List<Object> items = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
        try (var list = ShareableList.create(items);
                Pipe pipe = Pipe.oneWay()) {
            pipe.second().send(Collections.singletonList(list));
            try (var same = (ShareableList) ((List<?>) pipe.first().recv()).get(0)) {
                assertThat(same).isNotSameAs(list);
                assertThat(same.get(9)).isEqualTo(9L);
                same.set(4, "changed");
                assertThat(list.get(4)).isEqualTo("changed");
                list.set(3, "newvalue");
                assertThat(same.get(3)).isEqualTo("newvalue");
            }
            Process child = new Process(() -> list.set(0, (Long) list.get(9) + 1));
            child.start();
            assertThat(child.join(Deadlines.PATIENCE)).isTrue();
            assertThat(list.get(0)).isEqualTo(10L);
        }
        SessionFiles.awaitNoBlocks();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_ShareableList_pickling_dead_object")
    void shouldNotArriveWhenItWasUnlinkedOnTheWay() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            var list = ShareableList.create(List.of(1L, 2L));
            pipe.second().send(list);
            list.close();
            list.memory().unlink();
            assertThatThrownBy(() -> pipe.first().recv())
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining(NoSuchFileException.class.getName());
            assertThatThrownBy(() -> list.get(0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldBeReadAndWrittenByPython() throws Exception {
        assumeTrue(
                Session.current().directory().startsWith("/dev/shm") && SharedMemoryTest.python("pass") == 0,
                "no Python, or no /dev/shm");
        String name = "offspring-list-" + ProcessHandle.current().pid();
        try (var list = ShareableList.create(name, assorted())) {
            assertThat(SharedMemoryTest.python("s = ShareableList(name='" + name + "'); forget(s.shm)\n"
                            + "assert list(s) == ['howdy', b'HoWdY', -273.154, 100, None, True, 42], list(s)\n"
                            + "assert s.format == '8s8sdqxxxxxx?xxxxxxxx?q', s.format\n"
                            + "s[0] = 'servus'; s[3] = -7; s[4] = 'was'; s[5] = None\n"
                            + "s.shm.close()"))
                    .isZero();
            assertThat(list.toList()).containsExactly("servus", ascii("HoWdY"), -273.154, -7L, "was", null, 42L);
            list.memory().unlink();
        }
        assertThat(SharedMemoryTest.python("s = ShareableList(['x', b'yz', 1.5, None, False, 8], name='" + name
                        + "'); forget(s.shm); s.shm.close()"))
                .isZero();
        try (var list = ShareableList.attach(name)) {
            assertThat(list.toList()).containsExactly("x", ascii("yz"), 1.5, null, false, 8L);
            list.set(0, "grüß");
            assertThat(list.get(0)).isEqualTo("grüß");
            assertThatThrownBy(() -> list.set(1, new byte[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Python");
            list.memory().unlink();
        }
    }
}
