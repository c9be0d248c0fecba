package offspring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ChatServerRunTest {

    @Test
    void shouldSayGoodByeToItsUsersWhenItExits() throws Exception {
        try (ConsoleProgram server = new ConsoleProgram("chat-server", "--port", "0")) {
            LinkedBlockingQueue<String> screen = new LinkedBlockingQueue<>();
            ChatClient anna =
                    ChatClient.join(new InetSocketAddress("127.0.0.1", port(server.sees())), "anna", screen::add);
            assertThat(server.sees()).isEqualTo("anna has joined");
            Thread running = new Thread(() -> run(anna));
            running.start();
            server.type("who is there?");
            assertThat(server.sees()).isEqualTo("here are [anna]; 'exit' ends");
            server.type("exit");

            assertThat(server.sees()).isEqualTo("the server has ended");
            assertThat(server.exitCode()).isZero();
            running.join();
            assertThat(screen)
                    .containsExactly(
                            "* welcome, anna: others here: 0",
                            "* the server ends",
                            "* the connection to the server is broken");
        }
    }

    @Test
    void shouldEndWhenItIsToldTo() throws Exception {
        try (ConsoleProgram server = new ConsoleProgram("chat-server", "--port", "0")) {
            LinkedBlockingQueue<String> screen = new LinkedBlockingQueue<>();
            ChatClient anna =
                    ChatClient.join(new InetSocketAddress("127.0.0.1", port(server.sees())), "anna", screen::add);
            Thread running = new Thread(() -> run(anna));
            running.start();
            server.tellToEnd();

            assertThat(server.exitCode()).isNotZero();
            running.join();
            assertThat(screen).contains("* the server ends");
        }
    }

    @Test
    void shouldEndWhenItsInputEnds() throws Exception {
        try (ConsoleProgram server = new ConsoleProgram("chat-server", "--port", "0")) {
            port(server.sees());
            server.endInput();

            assertThat(server.sees()).isEqualTo("the server has ended");
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void shouldRefuseWhenThePortCannotBeHad() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(ExampleRun.here("chat-server", "--port", "" + taken.getLocalPort())
                            .errors())
                    .contains("--port " + taken.getLocalPort() + " cannot be had");
        }
        assertThat(ExampleRun.here("chat-server", "--port", "65536").errors())
                .contains("--port must be 0 to 65535, but is 65536");
        assertThat(ExampleRun.here("chat-server", "--host", "no such host").exitCode())
                .isEqualTo(2);
    }

    static int port(String line) {
        assertThat(line).matches("listening on 127[.]0[.]0[.]1:\\d+; 'exit' ends");
        return Integer.parseInt(line.replaceFirst(".*:(\\d+);.*", "$1"));
    }

    /** With nobody at the keyboard. */
    private static void run(ChatClient client) {
        try {
            client.run(() -> {
                boolean typed = new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                return typed ? "" : null;
            });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
