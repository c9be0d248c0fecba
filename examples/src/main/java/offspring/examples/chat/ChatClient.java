package offspring.examples.chat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import offspring.core.Thread;
import offspring.core.function.CheckedRunnable;
import org.jspecify.annotations.Nullable;

/**
 * One user: a thread that sends what the user types, and a thread that shows what others say. They share the line and one flag, which
 * tells a connection that was ended from one that broke.
 */
final class ChatClient {

    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration KEYBOARD_PATIENCE = Duration.ofMillis(200);

    /** What the user types. */
    @FunctionalInterface
    interface Keyboard {

        /**
         * Waits for a line.
         *
         * @return the line, or null if there will be no more
         */
        @Nullable
        String line() throws IOException, InterruptedException;
    }

    /** The server does not want this user. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final String name;
    private final Line line;
    private final Consumer<String> screen;
    private volatile boolean leaving;

    private ChatClient(String name, Line line, Consumer<String> screen) {
        this.name = name;
        this.line = line;
        this.screen = screen;
    }

    /**
     * Joins.
     *
     * @param address of the server
     * @param name of the user
     * @param screen where to show what happens; called by both threads
     * @throws RefusedException if the server refuses the name
     * @throws IOException if there is no server
     */
    static ChatClient join(InetSocketAddress address, String name, Consumer<String> screen)
            throws IOException, InterruptedException {
        Socket socket = new Socket();
        try {
            socket.connect(address, CONNECT_MILLIS);
            Line line = new Line(socket);
            line.send(Message.join(name));
            Message answer = line.receive();
            if (answer == null || answer.kind() != Message.Kind.WELCOME) {
                throw new RefusedException(answer == null ? "the server has hung up" : answer.text());
            }
            screen.accept("* welcome, " + name + ": " + answer.text());
            return new ChatClient(name, line, screen);
        } catch (IOException | InterruptedException failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Sends and receives until the user leaves or the connection breaks. Interrupts who waits at the keyboard then.
     *
     * @return whether the user has left; else the connection is broken
     */
    boolean run(Keyboard keyboard) throws InterruptedException {
        Thread receiver = daemon("receiver of " + name, this::receive);
        Thread sender = daemon("sender of " + name, () -> send(keyboard));
        receiver.start();
        sender.start();
        try {
            receiver.join(); // ends in any case: after LEAVE the server closes the line
        } finally {
            line.close();
            sender.interrupt(); // a console cannot be interrupted, but it dies with the program
            sender.join(KEYBOARD_PATIENCE);
        }
        return leaving;
    }

    /** Says good-bye, if nobody has yet. The server ends the line then. */
    void leave() throws InterruptedException {
        leaving = true;
        try {
            line.send(Message.leave(name));
        } catch (IOException broken) {
            leaving = false;
            line.close(); // nobody to say it to
        }
    }

    /** Ends the line without a word, as a crash would. */
    void breakDown() {
        line.close();
    }

    private static Thread daemon(String name, CheckedRunnable work) {
        return Thread.builder().target(work).name(name).daemon(true).build();
    }

    private void receive() {
        try {
            for (Message message = line.receive(); message != null; message = line.receive()) {
                screen.accept(shown(message));
            }
        } catch (IOException broken) {
            // told below
        }
        screen.accept(leaving ? "* good-bye" : "* the connection to the server is broken");
    }

    private void send(Keyboard keyboard) throws InterruptedException {
        try {
            for (String typed = keyboard.line(); typed != null; typed = keyboard.line()) {
                if (typed.strip().equals("exit")) {
                    break;
                }
                if (!typed.isBlank()) {
                    say(typed.strip());
                }
            }
            leave();
        } catch (IOException broken) {
            line.close(); // the other thread tells it
        } catch (InterruptedException over) {
            // the line has ended while the user was thinking
        }
    }

    private void say(String typed) throws IOException, InterruptedException {
        String to = "";
        String text = typed;
        if (typed.startsWith("@")) {
            int end = typed.indexOf(' ');
            to = typed.substring(1, end < 0 ? typed.length() : end);
            text = end < 0 ? "" : typed.substring(end + 1).strip();
            if (to.isEmpty() || text.isEmpty()) {
                screen.accept("* say '@NAME TEXT' to one, 'TEXT' to all, 'exit' to leave");
                return;
            }
        }
        if (text.length() > Message.LONGEST_TEXT) {
            screen.accept("* too long: " + text.length() + " characters; at most " + Message.LONGEST_TEXT);
            return;
        }
        line.send(Message.say(name, to, text));
    }

    private static String shown(Message message) {
        if (message.kind() == Message.Kind.SAY) {
            return message.from() + (message.to().isEmpty() ? "" : " to you") + ": " + message.text();
        }
        return "* " + message.text();
    }
}
