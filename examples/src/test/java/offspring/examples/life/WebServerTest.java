package offspring.examples.life;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebServerTest {

    @Test
    void shouldAnswerGoodRequestsWhenOthersCrashTheirWorkerOrAreNonsense() throws Exception {
        ExampleRun run = ExampleRun.asProgram("web-server", "--requests", "3");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "GET /primes?13    502 the worker was lost with exit code 13",
                        "GET /primes?many  400 no number: many",
                        "GET /primes?1000  200 168 primes",
                        "GET /primes?2000  200 303 primes",
                        "GET /primes?3000  200 430 primes");
    }
}
