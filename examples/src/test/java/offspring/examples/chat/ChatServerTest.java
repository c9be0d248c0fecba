package offspring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a line need not be looked at to be there
class ChatServerTest {

    private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();

    @Test
    void shouldTurnAwayWhoDoesNotSpeakItsLanguage() throws Exception {
        try (ChatServer server = ChatServer.local(log::add)) {
            assertThat(answerTo(server, "GET / HTTP/1.1\n")).isEmpty();
            assertThat(logged()).isEqualTo("somebody was turned away: no message: 1 fields instead of 4");
            assertThat(answerTo(server, "SAY\ta\tb\tc\n")).isEmpty();
            assertThat(logged()).isEqualTo("somebody was turned away: the first message was no JOIN");
            assertThat(answerTo(server, "JOIN\ta b\t\t\n")).startsWith("REFUSED\t\t\ta name has 1 to 20 letters");
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void shouldDropWhoSendsALineWithoutEnd() throws Exception {
        try (ChatServer server = ChatServer.local(log::add)) {
            assertThat(answerTo(server, "x".repeat(Message.LONGEST_LINE + 1))).isEmpty();
            assertThat(logged()).startsWith("somebody was turned away: no message: longer than ");
        }
    }

    @Test
    void shouldNotLetAnybodySpeakForAnother() throws Exception {
        try (ChatServer server = ChatServer.local(log::add);
                Line anna = joined(server, "anna");
                Line boris = joined(server, "boris")) {
            boris.send(Message.say("carla", "anna", "it is me"));

            assertThat(anna.receive()).isEqualTo(Message.notice("boris has joined"));
            assertThat(anna.receive()).isEqualTo(Message.say("boris", "anna", "it is me"));
        }
    }

    @Test
    void shouldThrowOutWhoDoesNotRead() throws Exception {
        try (ChatServer server = ChatServer.local(log::add);
                Line slow = joined(server, "slow");
                Line anna = joined(server, "anna")) {
            String text = "x".repeat(Message.LONGEST_TEXT);
            Deadlines.eventually("the slow reader is thrown out", () -> {
                for (int i = 0; i < 500; i++) {
                    send(anna, Message.say("anna", "slow", text));
                }
                return !server.names().contains("slow");
            });
            assertThat(server.names()).containsExactly("anna");
        }
    }

    private static void send(Line line, Message message) {
        try {
            line.send(message);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Line joined(ChatServer server, String name) throws Exception {
        Line line = new Line(
                new Socket(server.address().getAddress(), server.address().getPort()));
        line.send(Message.join(name));
        assertThat(line.receive()).extracting(Message::kind).isEqualTo(Message.Kind.WELCOME);
        return line;
    }

    private static String answerTo(ChatServer server, String text) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String logged() throws InterruptedException {
        return log.poll(20, TimeUnit.SECONDS);
    }
}
