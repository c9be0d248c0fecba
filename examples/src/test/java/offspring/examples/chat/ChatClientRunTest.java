package offspring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the server ends before its time on purpose
class ChatClientRunTest {

    @Test
    void shouldExchangeMessagesBetweenTwoPrograms() throws Exception {
        LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
        try (ChatServer server = ChatServer.local(log::add);
                ConsoleProgram anna = client(server, "anna");
                ConsoleProgram boris = client(server, "boris")) {
            assertThat(anna.sees()).startsWith("* welcome, anna: ");
            assertThat(boris.sees()).startsWith("* welcome, boris: ");
            while (server.names().size() < 2) {
                Thread.onSpinWait();
            }
            anna.type("@boris where are you?");
            assertThat(skipNotices(boris)).isEqualTo("anna to you: where are you?");
            boris.type("here");
            assertThat(skipNotices(anna)).isEqualTo("boris: here");
            anna.type("@boris");
            assertThat(anna.sees()).startsWith("* say '@NAME TEXT'");

            boris.tellToEnd();
            assertThat(boris.exitCode()).isNotZero();
            assertThat(anna.sees()).isEqualTo("* boris has left");
            anna.type("exit");
            assertThat(anna.sees()).isEqualTo("* good-bye");
            assertThat(anna.exitCode()).isZero();
        }
        assertThat(log).contains("boris has left", "anna has left");
    }

    @Test
    void shouldLeaveWhenItsInputEndsAndNoticeWhenTheConnectionBreaks() throws Exception {
        LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
        try (ChatServer server = ChatServer.local(log::add);
                ConsoleProgram anna = client(server, "anna");
                ConsoleProgram boris = client(server, "boris")) {
            anna.sees();
            boris.sees();
            anna.endInput();
            assertThat(skipNotices(boris, "* anna has left")).isEqualTo("* anna has left");
            assertThat(anna.exitCode()).isZero();
            server.close();

            assertThat(boris.sees()).isEqualTo("* the server ends");
            assertThat(boris.sees()).isEqualTo("* the connection to the server is broken");
            assertThat(boris.sees()).startsWith("the connection to 127.0.0.1:").contains(" is lost", "join again");
            assertThat(boris.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailWhenTheServerIsKilled() throws Exception {
        try (ConsoleProgram server = new ConsoleProgram("chat-server", "--port", "0")) {
            String listening = server.sees();
            String port = listening.substring(listening.indexOf(':') + 1, listening.indexOf(';'));
            try (ConsoleProgram anna = new ConsoleProgram("chat-client", "anna", "--port", port)) {
                assertThat(anna.sees()).startsWith("* welcome, anna: ");
                server.close();

                assertThat(anna.sees()).isEqualTo("* the connection to the server is broken");
                assertThat(anna.sees()).startsWith("the connection to 127.0.0.1:" + port + " is lost");
                assertThat(anna.exitCode()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldRefuseWhenThereIsNoServerOrNoPlaceForTheName() throws Exception {
        LinkedBlockingQueue<String> screen = new LinkedBlockingQueue<>();
        int port;
        try (ChatServer server = ChatServer.local(text -> {})) {
            port = server.address().getPort();
            ChatClient first = ChatClient.join(server.address(), "anna", screen::add);
            assertThat(ExampleRun.here("chat-client", "anna", "--port", "" + port)
                            .errors())
                    .contains("the server refuses: the name anna is taken");
            first.breakDown();
        }
        assertThat(ExampleRun.here("chat-client", "anna", "--port", "" + port).errors())
                .contains("no server at 127.0.0.1:" + port, "run chat-server");
        assertThat(ExampleRun.here("chat-client", "anna the great").errors()).contains("'anna the great' is no name");
        assertThat(ExampleRun.here("chat-client").exitCode()).isEqualTo(2);
        assertThat(ExampleRun.here("chat-client", "anna", "--port", "0").errors())
                .contains("--port must be 1 to 65535, but is 0");
    }

    private static ConsoleProgram client(ChatServer server, String name) throws Exception {
        return new ConsoleProgram(
                "chat-client", name, "--port", "" + server.address().getPort());
    }

    /** Who joins first is told of the other one. */
    private static String skipNotices(ConsoleProgram program) throws InterruptedException {
        return skipNotices(program, "");
    }

    private static String skipNotices(ConsoleProgram program, String but) throws InterruptedException {
        String line = program.sees();
        while (line.startsWith("* ") && !line.equals(but)) {
            line = program.sees();
        }
        return line;
    }
}
