package offspring.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeakCheckTest {

    @Test
    void shouldFindAThreadThatWasNotThereBefore() {
        LeakCheck.Before before = LeakCheck.Before.now();
        assertThat(before.left()).isEmpty();
        CountDownLatch latch = new CountDownLatch(1);
        try (var crew = Crew.start(1, () -> latch.await())) {
            assertThat(before.left()).containsExactly(crew.member(0));
            latch.countDown();
        }
        assertThat(before.left()).isEmpty();
    }

    @Test
    void shouldNoteAnExceptionThatEscapesFromAThread() throws InterruptedException {
        Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
        LeakCheck.Before before = LeakCheck.Before.now();
        before.listen();
        try {
            Thread failing = new Thread(() -> {
                throw new IllegalStateException("on purpose");
            });
            failing.start();
            failing.join();
            assertThat(before.escaped()).singleElement().asString().contains("on purpose");
        } finally {
            before.stopListening();
        }
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(ours);
    }
}
