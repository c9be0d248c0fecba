package offspring.multiprocessing;

import offspring.multiprocessing.connection.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever was woken is forgotten when he is gone, even by a process that nobody wakes. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class BellDescriptorsTest {

    @Test
    void shouldKeepNoSocketToChildrenThatAreGone() throws Exception {
        for (int i = 0; i < 10; i++) {
            try (Pipe pipe = Pipe.oneWay();
                    Condition asleep = new Condition()) {
                Connection there = pipe.first();
                Process child = Kin.begin(() -> {
                    there.recv();
                    try (var held = asleep.hold()) {
                        asleep.await();
                    }
                });
                pipe.second().send("x");
                offspring.testkit.Deadlines.eventually(
                        "the child waits", () -> asleep.statistics().waiting() == 1);
                try (var held = asleep.hold()) {
                    asleep.signal();
                }
                Kin.join(child);
            }
        }
    }
}
