package offspring.multiprocessing.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.FamilyCheck;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers at moments that cannot be met from outside. */
@ExtendWith(FamilyCheck.class)
class RingReaderTest {

    private static final int LARGE = 1 << 20;
    private static final BooleanSupplier OPEN = () -> false;

    /** The end of a reader, closed after the reader has seen that it is interrupted, and before it can keep what it has. */
    private static final class ClosedWhenInterrupted implements BooleanSupplier {

        private final RingReader reader;
        private boolean closed;

        ClosedWhenInterrupted(RingReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean getAsBoolean() {
            if (!Thread.currentThread().isInterrupted()) {
                return closed; // to be seen by who has thrown InterruptedException
            }
            if (!closed) {
                closed = true;
                reader.abandon();
            }
            return false;
        }
    }

    @Test
    void shouldGiveUpAHalfReadMessageWhenTheEndIsClosedWhileItsReaderIsInterrupted() throws Exception {
        PipeFile pipe = PipeFile.create(false);
        Ring ring = Objects.requireNonNull(pipe.end(0).incoming());
        RingReader reader = ring.reader();
        var half = new CountDownLatch(1);
        try (var sender = Crew.start(1, () -> {
            ring.writer()
                    .write(
                            LARGE,
                            sink -> {
                                sink.write(new byte[LARGE / 2], 0, LARGE / 2);
                                half.await();
                                sink.write(new byte[LARGE / 2], 0, LARGE / 2);
                            },
                            OPEN);
            ring.writer().write(1, sink -> sink.write(new byte[] {1}, 0, 1), OPEN);
        })) {
            var closing = new ClosedWhenInterrupted(reader);
            try (var receiver = Crew.start(
                    1,
                    () -> assertThatThrownBy(() -> reader.read(LARGE, closing))
                            .isInstanceOf(InterruptedException.class))) {
                Deadlines.eventually(
                        "half of the message is read",
                        () -> ring.circle().readVolatile() > 0 && !ring.circle().hasData());
                receiver.awaitBlocked();
                receiver.interrupt();
            }
            half.countDown();
            assertThat(reader.read(LARGE, OPEN)).containsExactly(1);
            sender.join();
        } finally {
            pipe.end(0).release();
            pipe.end(1).release();
        }
    }
}
