package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import offspring.multiprocessing.storm.Remains;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that replace others begin in JVMs that stand by. */
@ExtendWith(FamilyCheck.class)
class PoolStandbyTest {

    private static Set<Long> children() {
        Set<Long> pids = new HashSet<>();
        Remains.children().forEach(child -> pids.add(child.pid()));
        return pids;
    }

    /** The child that is none of those. */
    private static long other(Set<Long> known, Supplier<String> what) {
        Deadlines.eventually(what.get(), () -> children().size() > known.size());
        Set<Long> more = children();
        more.removeAll(known);
        return more.iterator().next();
    }

    @Test
    void shouldReplaceALostWorkerByOneThatStoodBy() throws Exception {
        try (ProcessPool pool = ProcessPool.builder().maxWorkers(1).build()) {
            long worker = pool.apply(() -> ProcessHandle.current().pid());
            long standby = other(Set.of(worker), () -> "one stands by, a second after the start");
            assertThatThrownBy(() -> pool.apply(() -> {
                        Runtime.getRuntime().halt(3);
                        return 0;
                    }))
                    .isInstanceOf(WorkerLostException.class);

            assertThat(pool.<Long>apply(() -> ProcessHandle.current().pid())).isEqualTo(standby);
        }
        Deadlines.eventually("nobody is left", () -> Remains.children().isEmpty());
    }

    @Test
    void shouldReplaceAWornWorkerByOneThatStoodBy() throws Exception {
        try (ProcessPool pool =
                ProcessPool.builder().maxWorkers(1).maxTasksPerChild(2).build()) {
            long first = pool.apply(() -> ProcessHandle.current().pid());
            long standby = other(Set.of(first), () -> "one stands by");
            List<Long> pids = pool.map(item -> ProcessHandle.current().pid(), List.of(1, 2, 3), 1);

            assertThat(pids).containsExactly(first, standby, standby);
        }
    }

    @Test
    void shouldHaveNobodyStandByWhenToldSo() throws Exception {
        try (ProcessPool pool = ProcessPool.builder()
                .maxWorkers(1)
                .maxTasksPerChild(1)
                .standbyCount(0)
                .build()) {
            for (int i = 0; i < 3; i++) {
                long worker = pool.apply(() -> ProcessHandle.current().pid());
                assertThat(worker).isPositive();
            }
        }
        assertThatThrownBy(() -> ProcessPool.builder().standbyCount(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standbyCount=-1");
    }

    @Test
    void shouldBeginInJvmsThatStoodByWhenItsOptionsSaySo() throws Exception {
        ProcessOptions options =
                ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
        ProcessPool.Builder builder = ProcessPool.builder().maxWorkers(2).options(options);
        try (StandbyReserve reserve = builder.standbyReserve()) {
            reserve.fill(2);
            assertThat(reserve.awaitPrepared(2, Deadlines.PATIENCE)).isTrue();
            Set<Long> standing = children();
            long before = reserve.statistics().handedOut();
            try (ProcessPool pool = builder.build()) {
                assertThat(standing)
                        .contains(pool.<Long>apply(() -> ProcessHandle.current().pid()));
            }
            assertThat(reserve.statistics().handedOut()).isEqualTo(before + 2);
        }
    }
}
