package offspring.multiprocessing.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Externalizable;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.internal.codec.Values.Colour;
import offspring.multiprocessing.internal.codec.Values.Custom;
import offspring.multiprocessing.internal.codec.Values.Job;
import offspring.multiprocessing.internal.codec.Values.Link;
import offspring.multiprocessing.internal.codec.Values.NamedList;
import offspring.multiprocessing.internal.codec.Values.Outer;
import offspring.multiprocessing.internal.codec.Values.Point;
import offspring.multiprocessing.internal.codec.Values.Replaced;
import offspring.multiprocessing.internal.codec.Values.Singleton;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.codec.wire.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecRoundTripTest {

    private final Codec codec = new Codec(CodecRoundTripTest.class.getClassLoader());

    record Nothing() implements Serializable {}

    record Pair(Object left, Object right) implements Serializable {}

    record Resolving(int number) implements Serializable {
        private Object readResolve() {
            return this;
        }
    }

    /** A record, and yet it is written as one: serialization ignores its methods. */
    public record OuterRecord(int number) implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    /** A value and its name; null is a value. */
    record Kind(String name, Object value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Kind kind(String name, Object value) {
        return new Kind(name, value);
    }

    static Stream<Kind> plainValues() {
        Map<Object, Object> holes = new HashMap<>();
        holes.put(null, "null key");
        holes.put("null value", null);
        return Stream.of(
                kind("null", null),
                kind("true", true),
                kind("false", false),
                kind("byte", (byte) -7),
                kind("short", (short) -30_000),
                kind("char", '\uffff'),
                kind("int", 0),
                kind("int min", Integer.MIN_VALUE),
                kind("int max", Integer.MAX_VALUE),
                kind("long min", Long.MIN_VALUE),
                kind("long max", Long.MAX_VALUE),
                kind("float NaN", Float.intBitsToFloat(0x7fc12345)),
                kind("float", -0.0f),
                kind("double", Math.PI),
                kind("double infinity", Double.NEGATIVE_INFINITY),
                kind("empty string", ""),
                kind("latin string", "grüße\0\u00ff"),
                kind("wide string", "日本語 \ud83d\ude00"),
                kind("lone surrogates", "a\ud800b\udc00"),
                kind("long latin string", "ü".repeat(10_000)),
                kind("long wide string", "€\ud800".repeat(10_000)),
                kind("boolean[]", new boolean[] {true, false, true}),
                kind("byte[]", new byte[] {1, -1}),
                kind("short[]", new short[] {1, -1}),
                kind("char[]", new char[] {'a', '\ud800'}),
                kind("int[]", new int[] {1, -1, Integer.MIN_VALUE}),
                kind("long[]", new long[] {1, Long.MIN_VALUE}),
                kind("float[]", new float[] {1, Float.NaN}),
                kind("double[]", new double[] {1, -0.0, Double.MIN_VALUE}),
                kind("empty long[]", new long[0]),
                kind("Object[]", new Object[] {1, null, "x", new int[] {3}}),
                kind("String[]", new String[] {"a", null, "€"}),
                kind("ArrayList", new ArrayList<>(Arrays.asList(1, null, List.of(2L)))),
                kind("List.of 0", List.of()),
                kind("List.of 1", List.of(1)),
                kind("List.of 2", List.of(1, "b")),
                kind("List.of 3", List.of(1, "b", 3.0)),
                kind("Stream.toList", Stream.of(1, 2, 3).toList()),
                kind("Stream.toList of null", Stream.of(1, null, 3).toList()),
                kind("HashSet", new HashSet<>(Arrays.asList(1, null, "x"))),
                kind("LinkedHashSet", new LinkedHashSet<>(List.of(3, 1, 2))),
                kind("Set.of 1", Set.of(1)),
                kind("Set.of 3", Set.of(1, 2, 3)),
                kind("HashMap", holes),
                kind("LinkedHashMap", new LinkedHashMap<>(Map.of("b", 1, "a", 2))),
                kind("Map.of 0", Map.of()),
                kind("Map.of 1", Map.of("k", List.of(1))),
                kind("Map.of 2", Map.of("k", 1, "l", 2)),
                kind("record", new Point(1, 2.5, "p")),
                kind("record without components", new Nothing()),
                kind("record of records", new Pair(new Point(1, 2, "a"), List.of(new Pair(null, Colour.RED)))),
                kind("list of records", new ArrayList<>(List.of(new Point(1, 2, "a"), new Point(3, 4, "b")))),
                kind("enum", Colour.RED),
                kind("enum with body", Colour.GREEN),
                kind("enums", new ArrayList<>(List.of(TimeUnit.DAYS, Colour.RED, Colour.GREEN, TimeUnit.DAYS))));
    }

    static Stream<Kind> graphs() {
        return Stream.of(
                kind("record with readResolve", new Resolving(1)),
                kind("Externalizable record", new OuterRecord(0)),
                kind("record of a graph", new Pair(new Custom(1), 2)),
                kind("class", String.class),
                kind("user's class", Point.class),
                kind("int.class", int.class),
                kind("void.class", void.class),
                kind("array class", Point[][].class),
                kind("array of records", new Point[] {new Point(1, 2, "a"), null}),
                kind("Integer[]", new Integer[] {1, null}),
                kind("int[][]", new int[][] {{1}, null, {2, 3}}),
                kind("ArrayList subclass", new NamedList("n", List.of(1, 2))),
                kind("unmodifiable list", Collections.unmodifiableList(new ArrayList<>(List.of(1)))),
                kind("synchronized list", Collections.synchronizedList(new ArrayList<>(List.of(1)))),
                kind("Arrays.asList", Arrays.asList(1, null)),
                kind("emptyList", Collections.emptyList()),
                kind("singletonMap", Collections.singletonMap("a", 1)),
                kind("nCopies", Collections.nCopies(1000, "x")),
                kind("LinkedList", new LinkedList<>(List.of(1, 2))),
                kind("TreeMap", new TreeMap<>(Map.of("b", 1, "a", 2))),
                kind("TreeSet reversed", reversed()),
                kind("EnumMap", new EnumMap<>(Map.of(Colour.GREEN, 1))),
                kind("EnumSet", EnumSet.allOf(Colour.class)),
                kind("BitSet", BitSet.valueOf(new long[] {5})),
                kind("Properties", properties()),
                kind("ConcurrentHashMap", new ConcurrentHashMap<>(Map.of(1, 2))),
                kind("CopyOnWriteArrayList", new CopyOnWriteArrayList<>(List.of(1))),
                kind("BigInteger", BigInteger.TEN.pow(50)),
                kind("BigDecimal", new BigDecimal("1.10")),
                kind("UUID", UUID.fromString("00000000-0000-0001-0000-000000000002")),
                kind("Date", new Date(5)),
                kind("Instant", Instant.ofEpochSecond(5, 6)),
                kind("Duration", Duration.ofNanos(5)),
                kind("LocalDate", LocalDate.of(2020, 2, 29)),
                kind("ZonedDateTime", ZonedDateTime.parse("2020-02-29T10:00:00+01:00[Europe/Berlin]")),
                kind("Locale", Locale.GERMANY),
                kind("URI", URI.create("http://example.org/a?b")),
                kind("File", new File("a/b")),
                kind("custom writeObject", new Custom(5)),
                kind("Externalizable", new Outer(new ArrayList<>(List.of(1, "x")))),
                kind("job with list", new Job("j", new ArrayList<>(List.of(1, new Point(1, 2, "x"))))),
                kind("job with large array", new Job("j", new double[5000])));
    }

    private static TreeSet<Integer> reversed() {
        TreeSet<Integer> set = new TreeSet<>(Comparator.reverseOrder());
        set.addAll(List.of(1, 3, 2));
        return set;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("k", "v");
        return properties;
    }

    @ParameterizedTest
    @MethodSource("plainValues")
    void shouldWritePlainValuesByHand(Kind kind) throws Exception {
        byte[] bytes = codec.encode(kind.value());
        assertThat(bytes[0]).isLessThan(Tags.GRAPH);
        assertSame(kind.value(), codec.decode(bytes));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void shouldWriteEverythingElseAsAGraph(Kind kind) throws Exception {
        byte[] bytes = codec.encode(kind.value());
        assertThat(bytes[0]).isEqualTo(Tags.GRAPH);
        assertSame(kind.value(), codec.decode(bytes));
    }

    @ParameterizedTest
    @MethodSource({"plainValues", "graphs"})
    void shouldCarryPlainValuesInsideGraphs(Kind kind) throws Exception {
        Job job = roundTrip(new Job("holder", new Object[] {kind.value()}));
        assertSame(kind.value(), ((Object[]) job.payload)[0]);
    }

    @ParameterizedTest
    @MethodSource({"plainValues", "graphs"})
    void shouldDecodeFromPiecesOfASource(Kind kind) throws Exception {
        Encoded out = new Encoded();
        codec.encode(kind.value(), null, out);
        byte[] bytes = out.toByteArray();
        assertThat(out.length()).isEqualTo(bytes.length);
        ByteBuffer written = ByteBuffer.allocate(bytes.length);
        out.writeTo((piece, offset, length) -> written.put(piece, offset, length));
        assertThat(written.array()).isEqualTo(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 2);
        direct.put((byte) 9).put(bytes).flip().position(1);
        assertSame(kind.value(), codec.decode(direct, null));
        assertThat(direct.remaining()).isZero();
    }

    /** Equal, of the same class, and as changeable as before. */
    private static void assertSame(Object expected, Object actual) {
        assertThat(actual).isEqualTo(expected);
        if (expected != null) {
            assertThat(actual).hasSameClassAs(expected);
        }
        if (expected instanceof LinkedHashMap<?, ?> map) {
            assertThat(((Map<?, ?>) actual).keySet().toString())
                    .isEqualTo(map.keySet().toString());
        }
        if (expected instanceof List<?> list && !list.isEmpty()) {
            assertThat(contains((Collection<?>) actual)).isEqualTo(contains(list));
        }
    }

    /** Whether the collection takes the question for null, and its answer. */
    private static String contains(Collection<?> collection) {
        try {
            return String.valueOf(collection.contains(null));
        } catch (NullPointerException e) {
            return "refuses null";
        }
    }

    @Test
    void shouldKeepArrayDequeAndPriorityQueue() throws Exception {
        ArrayDeque<?> deque = roundTrip(new ArrayDeque<>(List.of(1, 2, 3)));
        assertThat(deque.toArray()).containsExactly(1, 2, 3);
        PriorityQueue<Integer> queue = roundTrip(new PriorityQueue<>(List.of(3, 1, 2)));
        assertThat(queue.poll()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheOrderByAccessOfALinkedHashMap() throws Exception {
        LinkedHashMap<String, Integer> recent = new LinkedHashMap<>(16, 0.75f, true);
        recent.put("a", 1);
        recent.put("b", 2);
        LinkedHashMap<String, Integer> copy = roundTrip(recent);
        copy.get("a");
        assertThat(copy.keySet()).containsExactly("b", "a");
        assertThat(recent.keySet()).containsExactly("a", "b");
        LinkedHashMap<String, Integer> plain = roundTrip(new LinkedHashMap<>(Map.of("x", 1)));
        plain.put("y", 1);
        plain.get("x");
        assertThat(plain.keySet()).containsExactly("x", "y");
    }

    @Test
    void shouldKeepWhatIsShared() throws Exception {
        List<Object> inner = new ArrayList<>(List.of(1));
        List<?> copy = roundTrip(new ArrayList<>(List.of(inner, inner)));
        assertThat(copy.get(0)).isSameAs(copy.get(1));
        Point point = new Point(1, 2, "shared");
        List<?> points = roundTrip(new ArrayList<>(List.of(point, point)));
        assertThat(points.get(0)).isSameAs(points.get(1));
        int[] numbers = {1};
        Object[] arrays = roundTrip(new Object[] {numbers, numbers});
        assertThat(arrays[0]).isSameAs(arrays[1]);
        double[] large = new double[10_000];
        Job[] jobs = roundTrip(new Job[] {new Job("a", large), new Job("b", large)});
        assertThat(jobs[0].payload).isSameAs(jobs[1].payload);
        String text = "long text ".repeat(100_000);
        byte[] many = codec.encode(new ArrayList<>(Collections.nCopies(1000, text)));
        assertThat(many.length).isLessThan(2_000_000);
    }

    @Test
    void shouldKeepCycles() throws Exception {
        List<Object> self = new ArrayList<>();
        self.add(self);
        List<?> copy = roundTrip(self);
        assertThat(copy.get(0)).isSameAs(copy);
        Object[] array = new Object[1];
        array[0] = array;
        Object[] arrayCopy = roundTrip(array);
        assertThat(arrayCopy[0]).isSameAs(arrayCopy);
        Map<Object, Object> map = new HashMap<>();
        map.put("me", map);
        Map<?, ?> mapCopy = roundTrip(map);
        assertThat(mapCopy.get("me")).isSameAs(mapCopy);
    }

    @Test
    void shouldCarryLambdasAndMethodReferences() throws Exception {
        int number = 5;
        String text = "x";
        CheckedSupplier<String> lambda = () -> text + number;
        assertThat(roundTrip(lambda).get()).isEqualTo("x5");
        CheckedFunction<String, Integer> reference = String::length;
        assertThat(roundTrip(reference).apply("abc")).isEqualTo(3);
        CheckedSupplier<Integer> bound = "four"::length;
        assertThat(roundTrip(bound).get()).isEqualTo(4);
        CheckedSupplier<List<Object>> constructor = ArrayList::new;
        assertThat(roundTrip(constructor).get()).isEmpty();
        Supplier<String> cast = (Supplier<String> & Serializable) () -> "cast " + text;
        assertThat(roundTrip(cast).get()).isEqualTo("cast x");
        assertThat(codec.encode(lambda)[0]).isEqualTo(Tags.LAMBDA);
        CheckedFunction<Object, Object> nested = x -> lambda.get() + x;
        assertThat(roundTrip(nested).apply("y")).isEqualTo("x5y");
        Job job = new Job("captured", new Custom(1));
        CheckedSupplier<Object> heavy = () -> job;
        assertThat(codec.encode(heavy)[0]).isEqualTo(Tags.GRAPH);
        assertThat(roundTrip(heavy).get()).isEqualTo(job);
    }

    @Test
    void shouldCarryProxiesSingletonsAndReplacements() throws Exception {
        assertThat(roundTrip(Values.greeter()).greet("you")).isEqualTo("Hello you");
        assertThat(roundTrip(Singleton.ONE)).isSameAs(Singleton.ONE);
        assertThat(codec.decode(codec.encode(new Replaced()))).isEqualTo(new Point(1, 2, "replaced"));
        AtomicInteger counter = roundTrip(new AtomicInteger(7));
        assertThat(counter.get()).isEqualTo(7);
        AtomicReference<Point> reference = roundTrip(new AtomicReference<>(new Point(1, 2, "r")));
        assertThat(reference.get().name()).isEqualTo("r");
        Job job = roundTrip(new Job("j", null));
        assertThat(job.cache).isZero();
        IdentityHashMap<Object, Object> identities = roundTrip(new IdentityHashMap<>(Map.of("k", "v")));
        assertThat(identities.values()).containsExactly("v");
    }

    @Test
    void shouldCarryDeepGraphs() throws Exception {
        Link copy = roundTrip(Link.chain(5_000));
        assertThat(Link.length(copy)).isEqualTo(5_000);
        assertThat(Link.length(roundTrip(Link.chain(100_000)))).isEqualTo(100_000);
        Object nested = List.of();
        for (int i = 0; i < 5_000; i++) {
            nested = new ArrayList<>(Collections.singletonList(nested));
        }
        byte[] bytes = codec.encode(nested);
        Object at = codec.decode(bytes);
        for (int i = 0; i < 5_000; i++) {
            at = ((List<?>) at).get(0);
        }
        assertThat(at).isEqualTo(List.of());
    }

    @Test
    void shouldReuseOneBufferForMessagesOfAnySize() throws Exception {
        Encoded out = new Encoded();
        Object[] values = {1, "x".repeat(1_000_000), new byte[3_000_000], new Point(1, 2, "p"), List.of(1, 2), null};
        for (int round = 0; round < 3; round++) {
            for (Object value : values) {
                codec.encode(value, null, out);
                assertThat(codec.decode(out.toByteArray())).isEqualTo(value);
            }
        }
    }

    @Test
    void shouldCopyLargeArraysOnlyWhenWrittenOut() throws Exception {
        byte[] large = new byte[1 << 20];
        large[7] = 1;
        Encoded out = new Encoded();
        codec.encode(large, null, out);
        List<byte[]> pieces = new ArrayList<>();
        out.writeTo((piece, offset, length) -> pieces.add(piece));
        assertThat(pieces).hasSize(2);
        assertThat(pieces.get(1)).isSameAs(large);
    }

    @SuppressWarnings("unchecked")
    private <T> T roundTrip(T value) throws IOException {
        return (T) codec.decode(codec.encode(value));
    }
}
