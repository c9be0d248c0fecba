package offspring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ChatRunTest {

    @Test
    void shouldLetTwoUsersTalk() {
        ExampleRun run = ExampleRun.here("chat");

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsSubsequence(
                        "anna types: @boris are you there?",
                        "boris sees:  anna to you: are you there?",
                        "boris types: @anna yes, and you?",
                        "anna sees:  boris to you: yes, and you?",
                        "boris sees:  * nobody here is called carla",
                        "another anna is refused: the name anna is taken: choose another one",
                        "boris sees:  * the connection to the server is broken",
                        "anna sees:  * boris is lost: the connection is broken",
                        "anna sees:  * good-bye",
                        "server: the end")
                .endsWith(
                        "log: anna has joined",
                        "log: boris has joined",
                        "log: boris is lost: the connection is broken",
                        "log: anna has left");
    }
}
