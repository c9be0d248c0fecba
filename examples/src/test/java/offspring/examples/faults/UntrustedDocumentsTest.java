package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class UntrustedDocumentsTest {

    @Test
    void shouldReadTheOtherDocumentsWhenOneIsABombAndOneIsTorn() throws Exception {
        ExampleRun run = ExampleRun.asProgram("untrusted-documents");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines()).hasSize(7);
        assertThat(run.lines().get(2)).startsWith("torn ").contains("refused: ", "</item>");
        assertThat(run.lines().get(3))
                .startsWith("bomb ")
                .containsPattern("needs more than 32m of heap; ProcessPool-1-\\d was replaced");
        assertThat(run.lines().get(5)).startsWith("order-4 ").endsWith("<order>, 5 elements");
        assertThat(run.lines().get(6)).startsWith("4 of 6 documents are read");
    }
}
