package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import offspring.testkit.Crew;
import offspring.testkit.contract.EventContract;
import org.junit.jupiter.api.Test;

class EventTest extends EventContract {

    private record Adapter(Event event) implements Subject {
        @Override
        public boolean isSet() {
            return event.isSet();
        }

        @Override
        public void set() {
            event.set();
        }

        @Override
        public void clear() {
            event.clear();
        }

        @Override
        public boolean await() throws InterruptedException {
            return event.await();
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return event.await(timeout);
        }

        @Override
        public String toString() {
            return event.toString();
        }
    }

    @Override
    protected Subject newEvent() {
        return new Adapter(new Event());
    }

    @Test
    void shouldTellHowManyWait() {
        Event event = new Event();
        try (var crew = Crew.start(4, () -> event.await())) {
            crew.awaitBlocked();
            assertThat(event.statistics()).isEqualTo(new Event.Statistics(false, 4));
            event.set();
        }
        assertThat(event.statistics()).isEqualTo(new Event.Statistics(true, 0));
    }
}
