package offspring.multiprocessing.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.Externalizable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.internal.codec.Values.Job;
import offspring.multiprocessing.internal.codec.Values.Link;
import offspring.multiprocessing.internal.codec.Values.Outer;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import org.junit.jupiter.api.Test;

/** What cannot travel is named, with the way by which it was reached. */
class CannotTravelTest {

    private static final String HERE = CannotTravelTest.class.getName();
    private static final String JOB = Job.class.getName();

    private final Codec codec = new Codec(CannotTravelTest.class.getClassLoader());

    private CannotTravelException refused(Object value) {
        CannotTravelException refusal = catchThrowableOfType(
                CannotTravelException.class, () -> codec.encode(value, CodecContext.named("target"), new Encoded()));
        assertThat(refusal).isNotNull();
        assertThat(refusal).hasMessageStartingWith(String.join(" -> ", refusal.path()) + ": ");
        return refusal;
    }

    private static List<String> path(String... steps) {
        return Arrays.asList(steps);
    }

    @Test
    void shouldNameTheRoot() {
        CannotTravelException refusal = refused(new Object());
        assertThat(refusal.path()).isEqualTo(path("target", "java.lang.Object"));
        assertThat(refusal.className()).isEqualTo("java.lang.Object");
        assertThat(refusal)
                .hasMessage("target -> java.lang.Object: java.lang.Object is not serializable;"
                        + " make the field transient, or create the object in the other process");
        assertThat(refusal).hasCauseInstanceOf(NotSerializableException.class);
    }

    @Test
    void shouldNameTheCapturedArgumentOfALambda() {
        String fine = "fine";
        Job job = new Job("j", new Socket());
        CheckedRunnable lambda = () -> System.out.println(fine + job);
        CannotTravelException refusal = refused(lambda);
        assertThat(refusal.path())
                .isEqualTo(path(
                        "target (lambda in " + HERE + ".shouldNameTheCapturedArgumentOfALambda)",
                        "captured argument 2",
                        JOB + ".payload",
                        "java.net.Socket"));
        assertThat(refusal).hasMessageContaining("open one in the other process");
    }

    private Object instanceField = "x";

    @Test
    @SuppressWarnings("serial")
    void shouldNameTheCapturedThis() {
        CheckedSupplier<Object> lambda = () -> instanceField;
        CannotTravelException refusal = refused(lambda);
        assertThat(refusal.path())
                .isEqualTo(path("target (lambda in " + HERE + ".shouldNameTheCapturedThis)", "captured this", HERE));
        assertThat(refusal).hasMessageContaining("copy what it needs into local variables");
    }

    @Test
    void shouldNameTheObjectOfAMethodReference() {
        Object plain = new Object();
        CheckedSupplier<String> reference = plain::toString;
        assertThat(refused(reference).path())
                .isEqualTo(path(
                        "target (method reference java.lang.Object::toString)", "captured this", "java.lang.Object"));
    }

    @Test
    void shouldSayWhatToDoAboutALambdaThatIsNotSerializable() {
        Function<String, String> lambda = x -> x;
        CannotTravelException refusal = refused(new Job("j", lambda));
        assertThat(refusal.path())
                .isEqualTo(path(
                        "target (" + JOB + ")",
                        JOB + ".payload",
                        "lambda in " + HERE + " as java.util.function.Function"));
        assertThat(refusal)
                .hasMessageContaining("offspring.core.function")
                .hasMessageContaining("(Runnable & Serializable)");
    }

    @Test
    void shouldNameALambdaInsideALambda() {
        Runnable inner = () -> {};
        CheckedFunction<Object, Object> middle = x -> inner;
        CheckedSupplier<Object> outer = () -> middle;
        assertThat(refused(outer).path())
                .isEqualTo(path(
                        "target (lambda in " + HERE + ".shouldNameALambdaInsideALambda)",
                        "captured argument 1",
                        "captured argument 1",
                        "lambda in " + HERE + " as java.lang.Runnable"));
    }

    @Test
    void shouldNameTheEnclosingInstanceAndTheCapturedVariable() {
        Object captured = new Object();
        CheckedRunnable anonymous = new CheckedRunnable() {
            private static final long serialVersionUID = 1L;

            @Override
            public void runChecked() {
                instanceField = "y";
            }
        };
        CannotTravelException refusal = refused(anonymous);
        assertThat(refusal.path())
                .containsExactly("target (" + HERE + "$1)", HERE + "$1.this$0 (its enclosing instance)", HERE);
        assertThat(refusal).hasMessageContaining("static nested class");
        assertThat(refused(Holder.of(captured)).path())
                .containsExactly(
                        "target (" + HERE + "$Holder$1)",
                        HERE + "$Holder$1.captured (a captured variable)",
                        "java.lang.Object");
    }

    private static final class Holder {
        static CheckedSupplier<Object> of(Object captured) {
            return new CheckedSupplier<>() {
                private static final long serialVersionUID = 1L;

                @Override
                public Object getChecked() {
                    return captured;
                }
            };
        }
    }

    record Pair(Object left, Object right) implements Serializable {}

    @Test
    void shouldNameElementsKeysAndComponents() {
        Object bad = new Object();
        assertThat(refused(new Pair(1, bad)).path()).contains(HERE + "$Pair.right");
        assertThat(refused(new Object[] {1, null, bad}).path()).contains("element [2]");
        assertThat(refused(new ArrayList<>(Arrays.asList(1, null, bad))).path()).contains("element [2]");
        assertThat(refused(List.of(1, 2, bad)).path()).contains("element [2]");
        assertThat(refused(new HashMap<>(Map.of("k", bad))).path()).contains("value of key \"k\"");
        assertThat(refused(Map.of("k", bad)).path()).contains("value of key \"k\"");
        assertThat(refused(new HashMap<>(Map.of(bad, 1))).path()).contains("a key");
        assertThat(refused(new Job("j", List.of(1, List.of(2, bad)))).path())
                .containsExactly(
                        "target (" + JOB + ")", JOB + ".payload", "element [1]", "element [1]", "java.lang.Object");
    }

    @Test
    void shouldNameFieldsThatReflectionMayNotOpen() {
        Object bad = new Object();
        assertThat(refused(new AtomicReference<>(bad)).path())
                .contains("java.util.concurrent.atomic.AtomicReference.value");
        assertThat(refused(new IllegalStateException("x", new BadException(bad)))
                        .path())
                .containsExactly(
                        "target (java.lang.IllegalStateException)",
                        "cause",
                        HERE + "$BadException.detail",
                        "java.lang.Object");
        assertThat(refused(new Outer(new ArrayList<>(List.of(bad)))).path()).contains("element [0]");
    }

    static final class BadException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object detail;

        BadException(Object detail) {
            super("bad");
            this.detail = detail;
        }
    }

    @Test
    void shouldAdviseForTheUsualSuspects() {
        assertThat(refused(new Job("j", Optional.of(1)))).hasMessageContaining("orElse(null)");
        assertThat(refused(new ArrayList<>(List.of(1, 2)).subList(0, 1))).hasMessageContaining("send a copy");
        assertThat(refused(new HashMap<>(Map.of(1, 2)).keySet())).hasMessageContaining("send a copy");
        assertThat(refused(Thread.currentThread())).hasMessageContaining("belongs to this process");
        assertThat(refused(new CannotTravelTest())).hasMessageContaining("implement java.io.Serializable");
    }

    /** Refuses in its own words. */
    static final class Stubborn implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IllegalStateException("not today");
        }
    }

    /** Writes its content by itself. */
    public static final class Opaque implements Externalizable {
        private static final long serialVersionUID = 1L;
        private final transient Object hidden = new Object();

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(new Object[] {hidden});
        }

        @Override
        public void readExternal(ObjectInput in) {}
    }

    @Test
    void shouldNameTheObjectWhoseOwnMethodFails() {
        CannotTravelException refusal = refused(new Job("j", new Stubborn()));
        assertThat(refusal.path()).containsExactly("target (" + JOB + ")", JOB + ".payload", HERE + "$Stubborn");
        assertThat(refusal)
                .hasMessageContaining("java.lang.IllegalStateException: not today")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(refused(new Opaque()).path())
                .containsExactly(
                        "target (" + HERE + "$Opaque)",
                        "content of " + HERE + "$Opaque",
                        "element [0]",
                        "java.lang.Object");
    }

    @Test
    void shouldShortenAVeryLongWay() {
        Link chain = Link.chain(300);
        Link last = chain;
        while (last.next != null) {
            last = last.next;
        }
        last.next = new BadLink();
        CannotTravelException refusal = refused(chain);
        assertThat(refusal.path()).hasSizeLessThan(40).anyMatch(step -> step.contains("steps …"));
        assertThat(refusal.path().get(refusal.path().size() - 1)).isEqualTo("java.lang.Object");
        assertThat(refusal.className()).isEqualTo("java.lang.Object");
    }

    static final class BadLink extends Link {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object bad = new Object();

        BadLink() {
            super(0, null);
        }
    }

    @Test
    void shouldLeaveTheMessageEmptyAndTheCodecUsable() throws Exception {
        var out = new Encoded();
        catchThrowableOfType(
                CannotTravelException.class,
                () -> codec.encode(new Object[] {new byte[10_000], new Object()}, null, out));
        assertThat(out.length()).isZero();
        codec.encode("fine", null, out);
        assertThat(codec.decode(out.toByteArray())).isEqualTo("fine");
    }
}
