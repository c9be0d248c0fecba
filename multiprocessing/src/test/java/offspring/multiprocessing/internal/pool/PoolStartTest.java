package offspring.multiprocessing.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.WorkerStarts;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.Output;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class PoolStartTest {

    @Test
    @FromCPython("_test_multiprocessing.TestPoolNotLeakOnFailure.test_release_unused_processes")
    void shouldEndTheWorkersItHasStartedWhenOneCannotBeStarted() throws Exception {
        List<Child> started = new ArrayList<>();
        PoolSpec.Starter willing = WorkerStarts.starter();
        PoolSpec.Starter failsTheThirdTime = (name, work, errors) -> {
            if (started.size() == 2) {
                throw new IOException("Manually induced");
            }
            started.add(willing.start(name, work, errors));
            return started.get(started.size() - 1);
        };
        var engine = new PoolEngine(new PoolSpec(
                "TestPool",
                6,
                true,
                PoolSpec.Wear.NONE,
                false,
                TimeUnit.MILLISECONDS.toNanos(400),
                null,
                null,
                Output.INHERIT,
                failsTheThirdTime));
        assertThatThrownBy(engine::startAll).isInstanceOf(IOException.class).hasMessage("Manually induced");
        assertThat(started).hasSize(2);
        for (Child child : started) {
            Deadlines.eventually("the worker ends", child.ended()::isDone);
        }
        assertThat(engine.awaitEnd(Deadlines.PATIENCE.toNanos())).isTrue();
    }
}
