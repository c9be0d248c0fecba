package offspring.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CrewTest {

    @Test
    void shouldRaiseWhatItsThreadsThrow() {
        Crew crew = Crew.start(2, index -> {
            throw new IOException("thread " + index);
        });
        assertThatThrownBy(crew::join)
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(IOException.class)
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(1));
    }

    @Test
    void shouldNumberItsThreads() {
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        try (var crew = Crew.start(3, numbers::add)) {
            assertThat(crew.members()).hasSize(3);
        }
        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void shouldWaitUntilItsThreadsAreBlocked() {
        CountDownLatch latch = new CountDownLatch(1);
        try (var crew = Crew.start(2, () -> latch.await())) {
            crew.awaitBlocked();
            assertThat(crew.members()).allMatch(Crew::isBlockedOrOver);
            assertThat(crew.finished()).isZero();
            latch.countDown();
        }
    }

    @Test
    void shouldShowTheStacksOfBlockedThreads() {
        CountDownLatch latch = new CountDownLatch(1);
        try (var crew = Crew.start(1, () -> latch.await())) {
            crew.awaitBlocked();
            assertThat(StackDump.all())
                    .contains(crew.member(0).getName())
                    .contains("CountDownLatch.await")
                    .contains("CrewTest");
            latch.countDown();
        }
    }
}
