package offspring.multiprocessing;

import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Deadlines;
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
                    asleep.acquire();
                    asleep.await();
                    asleep.release();
                });
                pipe.second().send("x");
                Deadlines.eventually(
                        "the child waits", () -> asleep.statistics().waiting() == 1);
                asleep.acquire();
                asleep.signal();
                asleep.release();
                Kin.join(child);
            }
        }
    }
}
