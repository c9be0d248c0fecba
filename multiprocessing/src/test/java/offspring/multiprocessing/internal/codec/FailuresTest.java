package offspring.multiprocessing.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.PrintWriter;
import java.io.StreamCorruptedException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import offspring.multiprocessing.internal.codec.Failures.Arrived;
import offspring.multiprocessing.internal.codec.wire.Tags;
import org.junit.jupiter.api.Test;

/** Every throwable arrives: as itself, or as what is known of it. */
class FailuresTest {

    private final Codec codec = new Codec(FailuresTest.class.getClassLoader());

    private Arrived arrive(Throwable failure) throws IOException {
        byte[] bytes = codec.encode(Failures.pack(codec, failure, null));
        assertThat(bytes[0]).isEqualTo(Tags.OBJECT_ARRAY);
        Arrived arrived = Failures.unpack(codec, codec.decode(bytes), null);
        assertThat(arrived.facts().className()).isEqualTo(failure.getClass().getName());
        return arrived;
    }

    @Test
    void shouldBringAnOrdinaryExceptionItself() throws Exception {
        IllegalStateException failure = new IllegalStateException("text", new IOException("inner"));
        failure.addSuppressed(new RuntimeException("side"));
        Throwable copy = arrive(failure).throwable();
        assertThat(copy)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("text")
                .hasCauseExactlyInstanceOf(IOException.class);
        assertThat(copy.getSuppressed()).hasSize(1);
        assertThat(copy.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(copy.getCause().getStackTrace()).isEqualTo(failure.getCause().getStackTrace());
    }

    @Test
    void shouldAlwaysBringTheFacts() throws Exception {
        IllegalStateException failure = new IllegalStateException("text", new IOException("inner"));
        failure.addSuppressed(new RuntimeException("side"));
        FailureRecord facts = arrive(failure).facts();
        assertThat(facts.message()).isEqualTo("text");
        assertThat(facts.text()).isEqualTo(failure.toString());
        assertThat(facts.stack()).isNotEmpty();
        assertThat(facts.stack().get(0).toString()).isEqualTo(failure.getStackTrace()[0].toString());
        assertThat(facts.cause().message()).isEqualTo("inner");
        assertThat(facts.suppressed().get(0).message()).isEqualTo("side");
        StringWriter printed = new StringWriter();
        new IOException("alone").printStackTrace(new PrintWriter(printed, true));
        IOException alone = new IOException("alone");
        printed.getBuffer().setLength(0);
        alone.printStackTrace(new PrintWriter(printed, true));
        assertThat(arrive(alone).facts().stackTrace()).isEqualToNormalizingNewlines(printed.toString());
    }

    static class HoldingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        final Object detail = new Object();

        HoldingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void shouldBringTheCauseWhenTheExceptionHoldsWhatCannotTravel() throws Exception {
        HoldingException failure = new HoldingException("held", new IllegalArgumentException("root"));
        failure.addSuppressed(new IOException("side"));
        failure.addSuppressed(new HoldingException("other", null));
        Arrived arrived = arrive(failure);
        assertThat(arrived.throwable()).isNull();
        assertThat(arrived.facts().message()).isEqualTo("held");
        assertThat(arrived.cause())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("root");
        assertThat(arrived.suppressed()).hasSize(1);
        assertThat(arrived.facts().suppressed()).hasSize(2);
        assertThat(arrived.facts().stack().get(0).getMethodName())
                .isEqualTo("shouldBringTheCauseWhenTheExceptionHoldsWhatCannotTravel");
    }

    static final class BadReader extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new UnsupportedOperationException("one way only");
        }
    }

    static final class Changeling extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return "not a throwable";
        }
    }

    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }
    }

    static final class Quiet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Quiet() {
            super("quiet", null, false, false);
        }
    }

    @Test
    void shouldBringFactsWhenAnExceptionDoesNotComeBack() throws Exception {
        assertThat(arrive(new BadReader()).throwable()).isNull();
        assertThat(arrive(new Changeling()).throwable()).isNull();
        Arrived hostile = arrive(new Hostile());
        assertThat(hostile.facts().text()).contains("toString() failed");
        assertThat(arrive(new Quiet()).throwable()).hasMessage("quiet");
        class Local extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        assertThat(arrive(new Local()).throwable()).isNull();
    }

    @Test
    void shouldBringErrorsOfAllKinds() throws Exception {
        List<Throwable> failures = new ArrayList<>(Arrays.asList(
                new OutOfMemoryError("heap"),
                new AssertionError("assert"),
                new ExceptionInInitializerError(new RuntimeException("init")),
                new NoClassDefFoundError("x"),
                new CompletionException("c", new InterruptedException("i"))));
        try {
            overflow(0);
        } catch (StackOverflowError e) {
            failures.add(e);
        }
        for (Throwable failure : failures) {
            assertThat(arrive(failure).throwable()).hasSameClassAs(failure).hasMessage(failure.getMessage());
        }
    }

    private static int overflow(int n) {
        return overflow(n + 1) + 1;
    }

    @Test
    void shouldEndWhenCausesGoInCirclesOrAreMany() throws Exception {
        HoldingException one = new HoldingException("one", null) {
            private static final long serialVersionUID = 1L;
        };
        RuntimeException two = new RuntimeException("two", one);
        one.addSuppressed(two);
        assertThat(arrive(one).facts().suppressed().get(0).cause().text()).contains("circular reference");
        Throwable chain = new HoldingException("end", null);
        for (int i = 0; i < 1_000; i++) {
            chain = new HoldingException("n" + i, chain);
        }
        Arrived arrived = Failures.unpack(codec, codec.decode(codec.encode(Failures.pack(codec, chain, null))), null);
        int length = 0;
        for (FailureRecord at = arrived.facts(); at != null; at = at.cause()) {
            length++;
        }
        assertThat(length).isEqualTo(256);
    }

    @Test
    void shouldFallBackToTheFactsWhenTheReceiverLacksTheClass() throws Exception {
        Object[] packed = (Object[]) Failures.pack(codec, new BadStateException("x"), null);
        byte[] itself = (byte[]) packed[5];
        int at = new String(itself, StandardCharsets.ISO_8859_1).indexOf("BadState");
        itself[at] = 'X';
        Arrived arrived = Failures.unpack(codec, packed, null);
        assertThat(arrived.throwable()).isNull();
        assertThat(arrived.facts().message()).isEqualTo("x");
    }

    static final class BadStateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadStateException(String message) {
            super(message);
        }
    }

    @Test
    void shouldRefuseWhatIsNoPackedFailure() {
        for (Object wrong : new Object[] {
            null, "x", new Object[0], new Object[6], new Object[] {"c", null, "t", new String[7], new Object[1], null}
        }) {
            assertThatThrownBy(() -> Failures.unpack(codec, wrong, null))
                    .isInstanceOf(StreamCorruptedException.class)
                    .hasMessageContaining("not a packed failure");
        }
    }
}
