package offspring.multiprocessing.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.internal.codec.CodecContext.Key;
import offspring.multiprocessing.internal.codec.CodecContext.Phase;
import offspring.multiprocessing.internal.codec.Values.Link;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodecContextTest {

    private static final Key<Integer> SLOT = new Key<>("slot", Integer.class);
    private static final ThreadLocal<List<String>> LOG = ThreadLocal.withInitial(ArrayList::new);

    private final Codec codec = new Codec(CodecContextTest.class.getClassLoader());

    /** Notes what it is told while it travels. */
    static class Handle implements Serializable {
        private static final long serialVersionUID = 1L;
        int sentTo = -1;
        transient int arrivedIn = -1;

        static int slot() {
            CodecContext context = CodecContext.current();
            Integer slot = context == null ? null : context.get(SLOT);
            return slot == null ? -1 : slot;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            LOG.get().add(CodecContext.phase() + " " + slot());
            sentTo = slot();
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            LOG.get().add(CodecContext.phase() + " " + slot());
            arrivedIn = slot();
        }
    }

    /** Asks in its constructor. */
    record Arrival(int slot) implements Serializable {
        Arrival {
            slot = CodecContext.phase() == Phase.DECODE ? Handle.slot() : slot;
        }
    }

    @Test
    void shouldTellARecordWhereItArrived() throws Exception {
        byte[] bytes = codec.encode(List.of(new Arrival(1), 2));
        assertThat(codec.decode(bytes, 0, bytes.length, slot(9))).isEqualTo(List.of(new Arrival(9), 2));
    }

    /** Encodes another value for another slot while it is itself encoded. */
    static final class Envelope implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object content;

        private final transient Codec codec = new Codec(Envelope.class.getClassLoader());
        private final transient CodecContext inner;

        Envelope(Object content, CodecContext inner) {
            this.content = content;
            this.inner = inner;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            int before = Handle.slot();
            codec.encode(new Handle(), inner, new Encoded());
            assertThat(Handle.slot()).isEqualTo(before);
            out.defaultWriteObject();
        }
    }

    @AfterEach
    void leavesNothingBound() {
        LOG.remove();
        assertThat(CodecContext.current()).isNull();
        assertThat(CodecContext.phase()).isNull();
    }

    private static CodecContext slot(int slot) {
        return CodecContext.named("item").with(SLOT, slot);
    }

    private byte[] encode(Object value, CodecContext context) throws IOException {
        Encoded out = new Encoded();
        codec.encode(value, context, out);
        return out.toByteArray();
    }

    @Test
    void shouldTellAnObjectWhereItGoesAndWhereItArrived() throws Exception {
        byte[] bytes = encode(new Handle(), slot(7));
        Handle arrived = (Handle) codec.decode(bytes, 0, bytes.length, slot(9));
        assertThat(arrived.sentTo).isEqualTo(7);
        assertThat(arrived.arrivedIn).isEqualTo(9);
        assertThat(LOG.get()).containsExactly("ENCODE 7", "DECODE 9");
    }

    @Test
    void shouldGiveAnEmptyContextWhenNoneIsGiven() throws Exception {
        Handle arrived = (Handle) codec.decode(codec.encode(new Handle()));
        assertThat(arrived.sentTo).isEqualTo(-1);
        assertThat(LOG.get()).containsExactly("ENCODE -1", "DECODE -1");
    }

    @Test
    void shouldNestAndComeBack() throws Exception {
        encode(new Envelope(new Handle(), slot(2)), slot(1));
        assertThat(LOG.get()).containsExactly("ENCODE 2", "ENCODE 1");
        LOG.get().clear();
        encode(new Envelope(new Handle(), null), slot(1));
        assertThat(LOG.get()).containsExactly("ENCODE 1", "ENCODE 1");
    }

    @Test
    void shouldRehearseWhenItLooksForACulprit() {
        assertThatThrownBy(() -> encode(new Object[] {new Handle(), new Object()}, slot(3)))
                .isInstanceOf(CannotTravelException.class);
        assertThat(LOG.get()).contains("ENCODE 3", "REHEARSAL 3").doesNotContain("DECODE 3");
        assertThat(LOG.get().stream().filter("ENCODE 3"::equals)).hasSize(1);
        LOG.get().clear();
        assertThatThrownBy(() -> encode(new Object[] {new Envelope(1, slot(4)), new Object()}, slot(3)))
                .isInstanceOf(CannotTravelException.class);
        assertThat(LOG.get()).containsExactly("ENCODE 4", "REHEARSAL 4");
    }

    static final class LinkedHandle extends Link {
        private static final long serialVersionUID = 1L;
        int sentTo;

        LinkedHandle() {
            super(0, null);
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            sentTo = Handle.slot();
            out.defaultWriteObject();
        }
    }

    @Test
    void shouldKeepTheContextWhenAGraphIsDeep() throws Exception {
        Link chain = Link.chain(20_000);
        Link last = chain;
        while (last.next != null) {
            last = last.next;
        }
        last.next = new LinkedHandle();
        byte[] bytes = encode(chain, slot(5));
        Link at = (Link) codec.decode(bytes);
        while (at.next != null) {
            at = at.next;
        }
        assertThat(((LinkedHandle) at).sentTo).isEqualTo(5);
    }

    @Test
    void shouldHideAnEarlierFactOfTheSameKey() {
        CodecContext context = slot(1).with(SLOT, 2);
        assertThat(context.get(SLOT)).isEqualTo(2);
        assertThat(context.get(new Key<>("slot", Integer.class))).isNull();
        assertThat(context.label()).isEqualTo("item");
        assertThat(context).hasToString("CodecContext(item, slot=2, slot=1)");
    }
}
