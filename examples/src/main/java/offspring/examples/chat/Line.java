package offspring.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import offspring.core.Lock;
import org.jspecify.annotations.Nullable;

/** A TCP connection that carries messages. Any thread may send, one receives. */
@SuppressWarnings("try") // the hold is closed, not looked at
final class Line implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final Writer out;

    /** Keeps together the characters of a message. */
    private final Lock sending = new Lock();

    Line(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
    }

    void send(Message message) throws IOException, InterruptedException {
        try (var held = sending.hold()) {
            out.write(message.encode() + "\n");
            out.flush();
        }
    }

    /**
     * Waits for a message.
     *
     * @return the message, or null if the other side has closed the line
     * @throws IOException if the line is broken, or what came is no message
     */
    @Nullable
    Message receive() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (line.length() == Message.LONGEST_LINE) {
                throw new IOException("no message: longer than " + Message.LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return Message.decode(line.toString());
    }

    /** From now on {@link #receive()} fails if nothing comes for so long; zero lets it wait for ever. */
    void setPatience(Duration patience) throws IOException {
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    }

    /** Ends the line; who waits in {@link #receive()} waits no more. May be repeated. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            // it was the end anyway
        }
    }
}
