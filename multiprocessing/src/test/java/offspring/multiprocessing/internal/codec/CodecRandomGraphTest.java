package offspring.multiprocessing.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import offspring.multiprocessing.internal.codec.Values.Job;
import offspring.multiprocessing.internal.codec.Values.Link;
import offspring.multiprocessing.internal.codec.Values.Point;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random graphs with sharing and cycles: the copy has the same shape, node by node. */
class CodecRandomGraphTest {

    private final Codec codec = new Codec(CodecRandomGraphTest.class.getClassLoader());

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void shouldCopyRandomGraphsExactly(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            boolean plain = random.nextInt(3) == 0;
            Object graph = new Grower(random, plain).value(4);
            Object copy = codec.decode(codec.encode(graph));
            new Comparer().same(graph, copy, "seed " + seed + " graph " + i);
        }
    }

    /** Grows a graph; unless it is to be plain, it may refer back to any container grown before. */
    private static final class Grower {

        private final Random random;
        private final boolean plain;
        private final List<Object> grown = new ArrayList<>();

        Grower(Random random, boolean plain) {
            this.random = random;
            this.plain = plain;
        }

        Object value(int depth) {
            if (!plain && !grown.isEmpty() && random.nextInt(6) == 0) {
                return grown.get(random.nextInt(grown.size()));
            }
            return depth > 0 && random.nextInt(3) > 0 ? container(depth) : leaf();
        }

        private Object leaf() {
            return switch (random.nextInt(10)) {
                case 0 -> null;
                case 1 -> random.nextInt();
                case 2 -> random.nextLong() >> random.nextInt(64);
                case 3 -> random.nextDouble();
                case 4 -> random.nextBoolean();
                case 5 -> (char) random.nextInt(0x10000);
                case 6 -> text();
                case 7 -> random.ints(random.nextInt(6)).toArray();
                case 8 -> random.doubles(random.nextInt(2_000)).toArray();
                default -> (short) random.nextInt();
            };
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            int bound = random.nextBoolean() ? 0x100 : 0x10000;
            for (int n = random.nextInt(random.nextInt(20) == 0 ? 2_000 : 12); n > 0; n--) {
                text.append((char) random.nextInt(bound));
            }
            return text.toString();
        }

        private Object container(int depth) {
            int count = random.nextInt(5);
            switch (random.nextInt(plain ? 3 : 6)) {
                case 0:
                    List<Object> list = remember(new ArrayList<>());
                    for (int i = 0; i < count; i++) {
                        list.add(value(depth - 1));
                    }
                    return list;
                case 1:
                    Map<Object, Object> map = remember(random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>());
                    for (int i = 0; i < count; i++) {
                        map.put(random.nextBoolean() ? i : "key " + i, value(depth - 1));
                    }
                    return map;
                case 2:
                    Object[] array = remember(new Object[count]);
                    for (int i = 0; i < count; i++) {
                        array[i] = value(depth - 1);
                    }
                    return array;
                case 3:
                    Job job = remember(new Job(text(), null));
                    job.payload = value(depth - 1);
                    return job;
                case 4:
                    Link ring = remember(new Link(1, null));
                    ring.next = random.nextBoolean() ? ring : new Link(2, ring);
                    return ring;
                default:
                    return remember(new Point(random.nextInt(), random.nextDouble(), text()));
            }
        }

        private <T> T remember(T container) {
            grown.add(container);
            return container;
        }
    }

    /** Walks both graphs in step; each object of one must always meet the same object of the other. */
    private static final class Comparer {

        private final Map<Object, Object> twins = new IdentityHashMap<>();

        void same(Object one, Object two, String where) {
            if (one == null || two == null) {
                assertThat(two).as(where).isSameAs(one);
                return;
            }
            assertThat(two).as(where).hasSameClassAs(one);
            boolean identified = !(one instanceof String
                    || one instanceof Number
                    || one instanceof Boolean
                    || one instanceof Character);
            if (identified && twins.containsKey(one)) {
                assertThat(twins.get(one)).as(where).isSameAs(two);
                return;
            }
            if (identified) {
                assertThat(two).as(where).isNotSameAs(one);
                twins.put(one, two);
            }
            contents(one, two, where);
        }

        private void contents(Object one, Object two, String where) {
            if (one instanceof Collection<?> list) {
                ordered(list.toArray(), ((Collection<?>) two).toArray(), where);
            } else if (one instanceof Map<?, ?> map) {
                Map<?, ?> other = (Map<?, ?>) two;
                assertThat(other.keySet().toString())
                        .as(where)
                        .isEqualTo(map.keySet().toString());
                ordered(map.values().toArray(), other.values().toArray(), where);
            } else if (one instanceof Object[] array) {
                ordered(array, (Object[]) two, where);
            } else if (one.getClass().isArray()) {
                assertThat(Array.getLength(two)).as(where).isEqualTo(Array.getLength(one));
                assertThat(two).as(where).isEqualTo(one);
            } else if (one instanceof Job job) {
                assertThat(((Job) two).name).as(where).isEqualTo(job.name);
                same(job.payload, ((Job) two).payload, where + ".payload");
            } else if (one instanceof Link link) {
                assertThat(((Link) two).number).as(where).isEqualTo(link.number);
                same(link.next, ((Link) two).next, where + ".next");
            } else {
                assertThat(two).as(where).isEqualTo(one);
            }
        }

        private void ordered(Object[] one, Object[] two, String where) {
            assertThat(two).as(where).hasSameSizeAs(one);
            for (int i = 0; i < one.length; i++) {
                same(one[i], two[i], where + "[" + i + "]");
            }
        }
    }
}
