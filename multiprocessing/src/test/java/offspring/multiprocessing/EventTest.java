package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.contract.EventContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
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

    private static final CheckedSupplier<Event> MAKER = Event::new;

    @Override
    protected Subject newEvent() {
        return new Adapter(MAKER.get());
    }

    @Test
    void shouldTellWhetherItIsSet() throws Exception {
        try (Event event = new Event()) {
            assertThat(event.statistics()).isEqualTo(new Event.Statistics(false));
            event.set();
            assertThat(event.statistics()).isEqualTo(new Event.Statistics(true));
        }
    }
}
