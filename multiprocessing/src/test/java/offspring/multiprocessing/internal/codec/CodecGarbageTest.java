package offspring.multiprocessing.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.internal.codec.Values.Job;
import offspring.multiprocessing.internal.codec.Values.Link;
import offspring.multiprocessing.internal.codec.Values.Outer;
import offspring.multiprocessing.internal.codec.Values.Point;
import offspring.multiprocessing.internal.codec.graph.GraphLimits;
import offspring.multiprocessing.internal.codec.wire.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are wrong: cut, flipped, lying, refused. */
class CodecGarbageTest {

    private static final ClassLoader LOADER = CodecGarbageTest.class.getClassLoader();
    private static final long MEGABYTE = 1 << 20;

    private final Codec codec = new Codec(LOADER);

    @Test
    void shouldRefuseAnEmptyMessage() {
        assertThatThrownBy(() -> codec.decode(new byte[0]))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("0 bytes");
    }

    @Test
    void shouldSayWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> codec.decode(new byte[] {Tags.ARRAY_LIST, 1, 0x7f}))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessage("corrupt message of 3 bytes: tag 127 is unknown, at byte 2");
        assertThatThrownBy(() -> codec.decode(new byte[] {Tags.TRUE, 1}))
                .hasMessage("corrupt message of 2 bytes: 1 bytes follow the value, at byte 1");
        assertThatThrownBy(() -> codec.decode(new byte[] {Tags.GRAPH, 50, 0, 0, 0, 1}))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("claims 50 bytes");
    }

    @Test
    void shouldRefuseSharedObjectsThatAreNone() {
        assertThatThrownBy(() -> codec.decode(new byte[] {Tags.AGAIN, 0}))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("shared object 0 of 0");
        byte[] name = "java.lang.String".getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = new byte[5 + name.length];
        message[0] = Tags.SHARED;
        message[2] = Tags.STRING_LATIN1;
        message[3] = (byte) name.length;
        System.arraycopy(name, 0, message, 4, name.length);
        assertThatThrownBy(() -> codec.decode(message))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("java.lang.String has no form to travel in");
        assertThatThrownBy(() -> new Codec(LOADER, GraphLimits.SESSION, info -> Status.REJECTED).decode(message))
                .isInstanceOf(InvalidObjectException.class);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                Tags.STRING_LATIN1,
                Tags.STRING_UTF16,
                Tags.BYTES,
                Tags.DOUBLES,
                Tags.OBJECT_ARRAY,
                Tags.STRING_ARRAY,
                Tags.ARRAY_LIST,
                Tags.IMMUTABLE_LIST,
                Tags.NULLABLE_LIST,
                Tags.HASH_SET,
                Tags.LINKED_HASH_SET,
                Tags.IMMUTABLE_SET,
                Tags.ARRAY_DEQUE,
                Tags.HASH_MAP,
                Tags.LINKED_HASH_MAP,
                Tags.IMMUTABLE_MAP
            })
    void shouldNotAllocateWhatALengthClaims(byte tag) {
        byte[] lie = Arrays.copyOf(new byte[] {tag, -1, -1, -1, -1, 7}, 20);
        assertThat(allocatedBy(() -> refused(lie))).isLessThan(MEGABYTE);
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);
        endless[0] = tag;
        assertThat(allocatedBy(() -> refused(endless))).isLessThan(MEGABYTE);
    }

    @Test
    void shouldNotAllocateWhatNestedContainersClaimTogether() {
        byte[] lie = new byte[1000];
        for (int i = 0; i + 2 < 186; i += 3) {
            lie[i] = Tags.OBJECT_ARRAY;
            lie[i + 1] = (byte) (0x80 | 800 & 0x7f);
            lie[i + 2] = 800 >> 7;
        }
        assertThatThrownBy(() -> codec.decode(lie)).hasMessageContaining("containers that claim");
    }

    @Test
    void shouldNotAllocateWhatAnArrayInAGraphClaims() throws IOException {
        byte[] good = codec.encode(new Job("j", new long[] {1, 2, 3}));
        for (int at = 0; at < good.length - 4; at++) {
            byte[] lie = good.clone();
            lie[at] = 0x7f;
            lie[at + 1] = -1;
            lie[at + 2] = -1;
            lie[at + 3] = -1;
            assertThat(allocatedBy(() -> decodeAnyhow(lie))).isLessThan(MEGABYTE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAnswerGarbageWithAnIoException(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> seeds = seeds();
        for (int i = 0; i < 6_000; i++) {
            byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
            decodeAnyhow(bytes);
        }
        for (int i = 0; i < 6_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (bytes[0] & 0x7f);
            decodeAnyhow(bytes);
        }
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        for (byte[] good : seeds()) {
            for (int length = 0; length < good.length; length++) {
                byte[] cut = Arrays.copyOf(good, length);
                assertThat(refused(cut)).isNotEmpty();
            }
        }
    }

    private List<byte[]> seeds() throws IOException {
        Map<Object, Object> map = new HashMap<>(Map.of("a", 1, 2L, List.of(3.0)));
        CheckedSupplier<Integer> lambda = lambda();
        List<byte[]> seeds = new ArrayList<>();
        for (Object value : new Object[] {
            new ArrayList<>(List.of(map, "text €", new int[] {1, 2})),
            new Object[] {1, null, "x", new double[] {2}},
            List.of(1, 2, 3),
            new Point(1, 2, "p"),
            new Job("j", new ArrayList<>(List.of(new Point(1, 2, "x"), map))),
            new Job("big", new long[300]),
            new Outer(new ArrayList<>(List.of(Values.Colour.GREEN))),
            Link.chain(5),
            Values.greeter(),
            new IllegalStateException("x", new IOException("y")),
            lambda,
            new ArrayList<>(List.of(Values.Colour.GREEN, new Strict(3), new Strict(4))),
            new Job("j", lambda)
        }) {
            seeds.add(codec.encode(value));
        }
        return seeds;
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 8)) : bytes;
    }

    /** Decodes; a value or an IOException is fine, anything else is not. */
    private String decodeAnyhow(byte[] bytes) {
        try {
            codec.decode(bytes);
            return "";
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotNull();
            return e.getMessage();
        }
    }

    private String refused(byte[] bytes) {
        String message = decodeAnyhow(bytes);
        assertThat(message).as("bytes %s", Arrays.toString(bytes)).isNotEmpty();
        return message;
    }

    private static long allocatedBy(Supplier<?> work) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        work.get();
        long before = threads.getThreadAllocatedBytes(id);
        work.get();
        return threads.getThreadAllocatedBytes(id) - before;
    }

    @Test
    void shouldNameAClassThatIsUnknownHere() throws IOException {
        byte[] bytes = codec.encode(new Point(1, 2, "p"));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Values$Point");
        bytes[at] = 'X';
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("codec.Xalues$Point")
                .hasMessageContaining("class path");
    }

    /** Says that it was initialized. */
    static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        static {
            System.setProperty("offspring.test.trap", "sprung");
        }
    }

    /** A class whose name is as long. */
    static final class Trip implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void shouldNotInitializeWhatTheFilterRefuses() throws IOException {
        byte[] bytes = codec.encode(new Job("j", Trip.class));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("CodecGarbageTest$Trip");
        bytes[at + "CodecGarbageTest$Tr".length()] = 'a';
        ObjectInputFilter filter = info -> info.serialClass() == Trap.class ? Status.REJECTED : Status.UNDECIDED;
        Codec strict = new Codec(LOADER, GraphLimits.SESSION, filter);
        assertThatThrownBy(() -> strict.decode(bytes))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("Trap is refused by the filter");
        assertThat(System.getProperty("offspring.test.trap")).isNull();
        assertThat(((Job) codec.decode(bytes)).payload).isSameAs(Trap.class);
        assertThat(System.clearProperty("offspring.test.trap")).isEqualTo("sprung");
    }

    @Test
    void shouldKeepToTheLimitsGiven() throws IOException {
        byte[] chain = codec.encode(Link.chain(20));
        assertThatThrownBy(() -> limited(10, 1000, 1000).decode(chain))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("nest deeper than 10");
        assertThatThrownBy(() -> limited(1000, 10, 1000).decode(chain)).hasMessageContaining("more than 10 objects");
        assertThatThrownBy(() -> limited(1000, 1000, 100).decode(chain)).hasMessageContaining("the limit is 100");
        assertThat(Link.length((Link) limited(100, 100, 1000).decode(chain))).isEqualTo(20);
        assertThatThrownBy(() -> limited(0, 1, 1)).hasMessageContaining("maxDepth = 0");
    }

    private static Codec limited(long depth, long references, long bytes) {
        return new Codec(LOADER, new GraphLimits(depth, references, bytes), null);
    }

    @Test
    void shouldLetAFilterAllowOnlyWhatItNames() throws IOException {
        Codec strict = new Codec(
                LOADER,
                GraphLimits.SESSION,
                ObjectInputFilter.Config.createFilter(
                        Job.class.getName() + ";" + Point.class.getName() + ";java.lang.*;maxarray=1000;!*"));
        Object[] good = {new Job("j", new Point(1, 2, "p")), new Job("k", new double[500]), List.of(1)};
        for (Object value : good) {
            assertThat(strict.decode(codec.encode(value))).isEqualTo(value);
        }
        Object[] bad = {
            new Job("j", new Custom()), new Job("k", new double[5000]), Values.greeter(), Values.Colour.RED, lambda()
        };
        for (Object value : bad) {
            byte[] bytes = codec.encode(value);
            assertThatThrownBy(() -> strict.decode(bytes))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("refused by the filter");
        }
    }

    private static CheckedSupplier<Integer> lambda() {
        int captured = 5;
        return () -> captured;
    }

    record Strict(int number) implements Serializable {
        Strict {
            if (number < 0) {
                throw new IllegalArgumentException("number = " + number);
            }
        }
    }

    @Test
    void shouldAskTheConstructorOfARecord() throws IOException {
        byte[] bytes = codec.encode(new Strict(1));
        assertThat(bytes[bytes.length - 1]).isEqualTo((byte) 2);
        bytes[bytes.length - 1] = 1;
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("number = -1");
    }

    static final class Custom implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void shouldEndInTimeWhenADeepMessageIsGarbage() {
        byte[] deep = new byte[200_000];
        Arrays.fill(deep, (byte) 0x22);
        deep[0] = Tags.DEEP_GRAPH;
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refused(deep));
    }
}
