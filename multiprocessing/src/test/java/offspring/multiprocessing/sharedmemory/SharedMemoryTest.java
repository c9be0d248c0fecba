package offspring.multiprocessing.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.SessionFiles;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared memory by name: who can attach, what is refused, who removes it. */
@SuppressWarnings("try") // what is held need not be named again
@ExtendWith(FamilyCheck.class)
class SharedMemoryTest {

    private static String freshName(String prefix) {
        return prefix + ProcessHandle.current().pid();
    }

    private static void run(Process process) throws Exception {
        process.start();
        assertThat(process.join(Deadlines.PATIENCE)).isTrue();
        assertThat(process.exitcode()).hasValue(0);
    }

    private static byte[] bytes(ByteBuffer buffer, int count) {
        byte[] bytes = new byte[count];
        buffer.get(0, bytes);
        return bytes;
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_basics")
    void shouldBeFoundByItsName() throws Exception {
        String name = freshName("offspring-test01-");
        try (var memory = SharedMemory.create(name, 512)) {
            assertThat(memory.name()).isEqualTo(name);
            assertThat(memory.size()).isEqualTo(512);
            assertThat(memory.buffer().capacity()).isEqualTo(512);
            assertThat(memory.buffer().order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(memory).hasToString("SharedMemory('" + name + "', size=512)");
            assertThat(memory.statistics()).isEqualTo(new SharedMemory.Statistics(name, 512, false));
            memory.buffer().put(0, (byte) 42);

            try (var same = SharedMemory.attach(name)) {
                assertThat(same.size()).isEqualTo(512);
                assertThat(same.buffer().get(0)).isEqualTo((byte) 42);
            }
            assertThatThrownBy(() -> SharedMemory.create(name, 512))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining(name);
            assertThat(SessionFiles.named()).hasSize(1);

            memory.unlink();
            assertThat(SessionFiles.named()).isEmpty();
            assertThatThrownBy(memory::unlink).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> SharedMemory.attach(name))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(name);
            assertThat(memory.buffer().get(0)).as("who has it keeps it").isEqualTo((byte) 42);
        }
        assertThatThrownBy(() -> SharedMemory.attach("test01_notthere")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_recreate")
    void shouldMakeUpANewNameEachTime() throws Exception {
        try (var one = SharedMemory.create(1);
                var other = SharedMemory.create(1)) {
            assertThat(one.name()).isNotEqualTo(other.name());
            one.unlink();
            try (var third = SharedMemory.create(1)) {
                assertThat(third.name()).isNotEqualTo(one.name()).isNotEqualTo(other.name());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2, Integer.MIN_VALUE})
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_invalid_shared_memory_creation")
    void shouldRefuseSizesBelowOne(int size) throws Exception {
        assertThatThrownBy(() -> SharedMemory.create(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size is " + size);
        assertThatThrownBy(() -> SharedMemory.create("name", size)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "", ".", "..", "a/b", "/a"})
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_name_with_embedded_null")
    void shouldRefuseNamesThatNoFileHas(String name) {
        assertThatThrownBy(() -> SharedMemory.create(name, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name ");
        assertThatThrownBy(() -> SharedMemory.attach(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseNamesThatAreTooLong() {
        assertThatThrownBy(() -> SharedMemory.create("é".repeat(128), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("230");
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_across_processes")
    void shouldSeeWhatAChildHasWritten() throws Exception {
        try (var memory = SharedMemory.create(512)) {
            String name = memory.name();
            run(new Process(() -> {
                try (var mine = SharedMemory.attach(name)) {
                    mine.buffer().put("howdy".getBytes(StandardCharsets.US_ASCII));
                }
            }));
            assertThat(bytes(memory.buffer(), 5)).asString().isEqualTo("howdy");

            run(new Process(() -> memory.buffer().put("HELLO".getBytes(StandardCharsets.US_ASCII))));
            assertThat(bytes(memory.buffer(), 5)).asString().isEqualTo("HELLO");
        }
        SessionFiles.awaitNoBlocks();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_pickle_unpickle")
    void shouldBeTheSameMemoryAfterAJourney() throws Exception {
        String name = freshName("offspring-journey-");
        try (var family = SharedMemory.create(512);
                var named = SharedMemory.create(name, 512);
                Pipe pipe = Pipe.oneWay()) {
            for (SharedMemory memory : new SharedMemory[] {family, named}) {
                memory.buffer().put("pickle".getBytes(StandardCharsets.US_ASCII));
                pipe.second().send(memory);
                try (var same = (SharedMemory) pipe.first().recv()) {
                    assertThat(same.name()).isEqualTo(memory.name());
                    assertThat(bytes(same.buffer(), 6)).asString().isEqualTo("pickle");
                    memory.buffer().put("newval".getBytes(StandardCharsets.US_ASCII));
                    assertThat(bytes(same.buffer(), 6)).asString().isEqualTo("newval");
                    same.buffer().put("oldval".getBytes(StandardCharsets.US_ASCII));
                    assertThat(bytes(memory.buffer(), 6)).asString().isEqualTo("oldval");
                }
            }
            named.unlink();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_pickle_unpickle_dead_object")
    void shouldNotArriveWhenItWasUnlinkedOnTheWay() throws Exception {
        String name = freshName("offspring-dead-");
        for (SharedMemory memory : new SharedMemory[] {SharedMemory.create(512), SharedMemory.create(name, 512)}) {
            try (Pipe pipe = Pipe.oneWay()) {
                pipe.second().send(memory);
                memory.close();
                memory.unlink();
                assertThatThrownBy(() -> pipe.first().recv())
                        .isInstanceOf(IOException.class)
                        .hasStackTraceContaining(NoSuchFileException.class.getName());
            }
        }
    }

    @Test
    void shouldTravelByAnyStreamUnderAChosenNameOnly() throws Exception {
        String name = freshName("offspring-stream-");
        try (var named = SharedMemory.create(name, 8);
                var family = SharedMemory.create(8)) {
            named.buffer().putLong(0, 77);
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(named);
                assertThatThrownBy(() -> out.writeObject(family)).isInstanceOf(NotSerializableException.class);
            }
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                    var same = (SharedMemory) in.readObject()) {
                assertThat(same.buffer().getLong(0)).isEqualTo(77);
            }
            named.unlink();
        }
    }

    @Test
    void shouldRefuseToBeUsedWhenClosed() throws Exception {
        var memory = SharedMemory.create(8);
        ByteBuffer before = memory.buffer();
        memory.close();
        memory.close();

        assertThatThrownBy(memory::buffer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(memory.size()).isEqualTo(8);
        assertThat(before.getLong(0)).as("no crash").isZero();
        assertThat(memory.statistics().closed()).isTrue();
        assertThatThrownBy(memory::unlink).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> SharedMemory.attach(memory.name())).isInstanceOf(NoSuchFileException.class);
        assertThat(SessionFiles.blocks()).isEmpty();
    }

    @Test
    void shouldLetOneOfManyHaveAName() throws Exception {
        String name = freshName("offspring-race-");
        for (int round = 0; round < 20; round++) {
            var made = new AtomicInteger();
            var refused = new AtomicInteger();
            try (var crew = Crew.start(4, () -> {
                try (var memory = SharedMemory.create(name, 64)) {
                    made.incrementAndGet();
                } catch (FileAlreadyExistsException e) {
                    refused.incrementAndGet();
                }
            })) {
                crew.join();
            }
            assertThat(made).hasValue(1);
            assertThat(refused).hasValue(3);
            try (var memory = SharedMemory.attach(name)) {
                memory.unlink();
            }
        }
        assertThat(SessionFiles.named()).isEmpty();
    }

    @Test
    void shouldBePrivateToTheUser() throws Exception {
        String name = freshName("offspring-private-");
        try (var memory = SharedMemory.create(name, 64)) {
            Path file = Session.current().directory().resolveSibling(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            memory.unlink();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void shouldLeaveNoFileWhenTheLastHolderIsKilled() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Connection there = pipe.second();
            Process child = new Process(() -> {
                var memory = SharedMemory.create(4096);
                there.send(memory.name());
                Thread.currentThread().join();
            });
            child.start();
            assertThat(pipe.first().poll(Deadlines.PATIENCE)).isTrue();
            String name = (String) pipe.first().recv();
            SharedMemory.attach(name).close();
            assertThat(SessionFiles.blocks()).hasSize(1);

            child.kill();
            assertThat(child.join(Deadlines.PATIENCE)).isTrue();

            SessionFiles.awaitNoBlocks();
            assertThatThrownBy(() -> SharedMemory.attach(name)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void shouldShareBytesWithPythonUnderAChosenName() throws Exception {
        assumeTrue(
                Session.current().directory().startsWith("/dev/shm") && python("pass") == 0,
                "no Python, or no /dev/shm");
        String name = freshName("offspring-python-");
        try (var memory = SharedMemory.create(name, 64)) {
            memory.buffer().putLong(8, 4711);
            assertThat(python("import struct; m = attach('" + name + "')\n"
                            + "assert struct.unpack_from('q', m.buf, 8) == (4711,)\n"
                            + "struct.pack_into('q', m.buf, 16, 815)\n"
                            + "m.close()"))
                    .isZero();
            assertThat(memory.buffer().getLong(16)).isEqualTo(815);
            memory.unlink();
        }
        assertThat(python("m = SharedMemory('" + name + "', create=True, size=64)\n"
                        + "m.buf[3] = 33\n"
                        + "forget(m); m.close()"))
                .isZero();
        try (var memory = SharedMemory.attach(name)) {
            assertThat(memory.buffer().get(3)).isEqualTo((byte) 33);
            memory.unlink();
        }
    }

    /** Runs a Python program, which has a way to attach without becoming responsible for the memory. */
    static int python(String program) throws IOException, InterruptedException {
        String prelude = "from multiprocessing.shared_memory import SharedMemory, ShareableList\n"
                + "from multiprocessing import resource_tracker\n"
                + "def forget(m):\n"
                + "    resource_tracker.unregister(m._name, 'shared_memory')\n"
                + "def attach(name):\n"
                + "    m = SharedMemory(name)\n"
                + "    forget(m)\n"
                + "    return m\n";
        java.lang.Process python;
        try {
            python = new ProcessBuilder("python3", "-c", prelude + program)
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            return -1;
        }
        assertThat(python.waitFor(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        return python.exitValue();
    }
}
