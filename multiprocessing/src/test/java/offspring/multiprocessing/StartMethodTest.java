package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where processes come from can be chosen for all, and for each. */
@ExtendWith(FamilyCheck.class)
class StartMethodTest {

    private static ProcessOptions by(StartMethod method) {
        return ProcessOptions.builder().startMethod(method).build();
    }

    /** What a child says of itself, and its child of itself. */
    private static StartMethod[] ask(ProcessOptions options) throws Exception {
        return Kin.ask(Process.builder().options(options), StartMethod[].class, () -> new StartMethod[] {
            Multiprocessing.getStartMethod(), Kin.ask(StartMethod.class, Multiprocessing::getStartMethod)
        });
    }

    @Test
    @FromCPython({
        "_test_multiprocessing.TestStartMethod.test_context",
        "_test_multiprocessing.TestStartMethod.test_nested_startmethod"
    })
    void shouldHoldForTheChildrenOfAProcessWhenItWasStartedSo() throws Exception {
        for (StartMethod method : StartMethod.values()) {
            try (StandbyReserve reserve = StandbyReserve.of(by(method))) {
                assertThat(ask(by(method))).containsExactly(method, method);
                assertThat(reserve.awaitPrepared(0, Deadlines.PATIENCE)).isTrue();
            }
        }
    }

    /** In a program of its own, since the method is chosen once for all. */
    static final class Chooses {
        public static void main(String[] args) throws Exception {
            Kin.run(() -> {});
            System.out.println("chosen " + Multiprocessing.chosenStartMethod());
            Multiprocessing.setStartMethod(StartMethod.STANDBY);
            System.out.println("set " + Multiprocessing.getStartMethod());
            System.out.println("child " + Kin.ask(StartMethod.class, Multiprocessing::getStartMethod));
            try {
                Multiprocessing.setStartMethod(StartMethod.SPAWN);
            } catch (IllegalStateException refused) {
                System.out.println("refused " + refused.getMessage());
            }
            Multiprocessing.setStartMethod(StartMethod.SPAWN, true);
            System.out.println("forced " + Multiprocessing.getStartMethod());
            System.out.println("other " + Kin.ask(StartMethod.class, Multiprocessing::getStartMethod));
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing.TestStartMethod.test_set_get",
        "_test_multiprocessing.TestStartMethod.test_spawn_dont_set_context"
    })
    void shouldBeChosenOnceOrByForce() throws Exception {
        try (Program program = Program.start(Chooses.class)) {
            assertThat(program.await("chosen ")).isEqualTo("Optional.empty"); // although a process was started
            assertThat(program.await("set ")).isEqualTo("STANDBY");
            assertThat(program.await("child ")).isEqualTo("STANDBY");
            assertThat(program.await("refused ")).contains("STANDBY", "setStartMethod(SPAWN, true)");
            assertThat(program.await("forced ")).isEqualTo("SPAWN");
            assertThat(program.await("other ")).isEqualTo("SPAWN");
            assertThat(program.join()).isZero();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestStartMethod.test_get_all_start_methods")
    void shouldAllBeListedWithTheUsualOneFirst() {
        assertThat(Multiprocessing.getAllStartMethods()).containsExactly(StartMethod.SPAWN, StartMethod.STANDBY);
    }

    @Test
    void shouldRefuseNoneAtAll() {
        assertThatThrownBy(() -> Multiprocessing.setStartMethod(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> ProcessOptions.builder().standbyCount(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standbyCount=0");
    }
}
