package offspring.examples.chat;

import java.io.PrintWriter;
import java.time.Duration;
import offspring.core.Thread;
import offspring.examples.Example;
import offspring.queue.Queue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * The textbook's practical task, played by itself: a server and two users in one program, who exchange messages over real connections;
 * one leaves, the connection of the other breaks.
 */
@Command(name = "chat", description = "The messenger by itself: two users talk, one leaves, one is lost.")
final class ChatRun extends Example {

    @Override
    protected void show(PrintWriter out) throws Exception {
        Queue<String> log = new Queue<>();
        try (ChatServer server = ChatServer.local(log::putNowait)) {
            User anna = new User(server, "anna", out);
            anna.expect("* welcome, anna: others here: 0");
            User boris = new User(server, "boris", out);
            boris.expect("* welcome, boris: others here: 1");
            anna.expect("* boris has joined");

            anna.types("@boris are you there?");
            boris.expect("anna to you: are you there?");
            boris.types("@anna yes, and you?");
            anna.expect("boris to you: yes, and you?");
            boris.types("hello to everybody");
            anna.expect("boris: hello to everybody");
            boris.types("@carla hello");
            boris.expect("* nobody here is called carla");
            refuse(server, out);

            boris.client.breakDown();
            boris.expect("* the connection to the server is broken");
            anna.expect("* boris is lost: the connection is broken");
            anna.types("exit");
            anna.expect("* good-bye");
            boris.end();
            anna.end();
        }
        out.println("server: the end");
        while (!log.empty()) {
            out.println("log: " + log.getNowait());
        }
    }

    private static void refuse(ChatServer server, PrintWriter out) throws Exception {
        try {
            ChatClient.join(server.address(), "anna", text -> {});
            throw new IllegalStateException("a second anna was welcome");
        } catch (ChatClient.RefusedException refused) {
            out.println("another anna is refused: " + refused.getMessage());
        }
    }

    /** A user whose keyboard and screen are queues. */
    private static final class User {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private final String name;
        private final PrintWriter out;
        private final Queue<@Nullable String> keyboard = new Queue<>();
        private final Queue<String> screen = new Queue<>();
        private final ChatClient client;
        private final Thread running;

        User(ChatServer server, String name, PrintWriter out) throws Exception {
            this.name = name;
            this.out = out;
            this.client = ChatClient.join(server.address(), name, screen::putNowait);
            this.running = new Thread(() -> client.run(keyboard::get), name);
            running.start();
        }

        void types(String line) throws InterruptedException {
            out.println(name + " types: " + line);
            keyboard.put(line);
        }

        /** Waits for the next line on the screen. */
        void expect(String line) throws InterruptedException {
            String seen = screen.get(PATIENCE);
            out.println(name + " sees:  " + seen);
            if (!seen.equals(line)) {
                throw new IllegalStateException(name + " sees '" + seen + "' instead of '" + line + "'");
            }
        }

        void end() throws InterruptedException {
            running.join();
        }
    }
}
