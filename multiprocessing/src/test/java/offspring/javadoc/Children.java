package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Process;
import offspring.testkit.Deadlines;

/** How the processes of the examples end: well. */
final class Children {

    private Children() {}

    static void endWell(Process... children) throws InterruptedException {
        for (Process child : children) {
            assertThat(child.join(Deadlines.PATIENCE)).as(child + " ends").isTrue();
            assertThat(child.exitcode()).as("the exit code of " + child).hasValue(0);
        }
    }

    static void allEndWell() throws InterruptedException {
        endWell(Multiprocessing.activeChildren().toArray(Process[]::new));
    }
}
