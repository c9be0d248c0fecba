package offspring.examples.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import offspring.core.Thread;
import org.jspecify.annotations.Nullable;

/**
 * Lets users find each other: takes what one says and gives it to another one, or to all.
 *
 * <pre>
 *   anna ── receiver of anna ──► member boris: queue ── sender to boris ──► boris
 * </pre>
 *
 * <p>One thread accepts; each user has one that receives and one that sends. Who is there stands in a concurrent map by name, which is all
 * that the threads share.
 */
final class ChatServer implements AutoCloseable {

    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final ServerSocket socket;
    private final Consumer<String> log;
    private final Map<String, Member> members = new ConcurrentHashMap<>();

    /** The lines of all connections, and the threads that receive: so that the end can end them. */
    private final Map<Line, Thread> receivers = new ConcurrentHashMap<>();

    private final Thread acceptor;
    private volatile boolean closed;

    /**
     * A server that accepts users.
     *
     * @param address where to listen; port 0 for any that is free
     * @param log who is told who comes and goes
     */
    ChatServer(InetSocketAddress address, Consumer<String> log) throws IOException {
        this.log = log;
        this.socket = new ServerSocket();
        try {
            socket.bind(address);
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
        this.acceptor = Thread.builder()
                .target(this::accept)
                .name("chat acceptor")
                .daemon(true)
                .build();
        acceptor.start();
    }

    /** A server on a free port of this machine, for itself alone. */
    static ChatServer local(Consumer<String> log) throws IOException {
        return new ChatServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), log);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    Set<String> names() {
        return Set.copyOf(members.keySet());
    }

    /** Says good-bye to all and ends; returns when all threads have ended. May be repeated. */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        try {
            endAll();
        } catch (InterruptedException hurry) {
            java.lang.Thread.currentThread().interrupt(); // what is left are daemons
        }
    }

    private void endAll() throws InterruptedException {
        acceptor.join();
        tellOthers(null, Message.notice("the server ends"));
        for (Member member : members.values()) {
            member.end();
        }
        for (Map.Entry<Line, Thread> entry : receivers.entrySet()) {
            entry.getKey().close();
            entry.getValue().join();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket accepted;
            try {
                accepted = socket.accept();
            } catch (IOException e) {
                if (closed) {
                    return;
                }
                throw e;
            }
            Line line = new Line(accepted);
            Thread receiver = Thread.builder()
                    .target(() -> serve(line))
                    .name("chat receiver")
                    .daemon(true)
                    .build();
            receivers.put(line, receiver);
            receiver.start();
        }
    }

    private void serve(Line line) throws InterruptedException {
        try (line) {
            Member member = admitted(line);
            if (member != null) {
                serve(member, line);
            }
        } catch (IOException stranger) {
            log.accept("somebody was turned away: " + stranger.getMessage());
        } finally {
            receivers.remove(line);
        }
    }

    /** Who has joined, or null if that was refused. */
    private @Nullable Member admitted(Line line) throws IOException, InterruptedException {
        line.setPatience(HANDSHAKE);
        Message join = line.receive();
        if (join == null || join.kind() != Message.Kind.JOIN) {
            throw new IOException("the first message was no JOIN");
        }
        line.setPatience(Duration.ZERO);
        String name = join.from();
        if (!Message.isName(name)) {
            line.send(new Message(Message.Kind.REFUSED, "", "", "a name has 1 to 20 letters, digits, - or _"));
            return null;
        }
        Member member = new Member(name, line);
        member.tell(new Message(Message.Kind.WELCOME, "", name, "others here: " + members.size()));
        if (members.putIfAbsent(name, member) != null) {
            line.send(
                    new Message(Message.Kind.REFUSED, "", name, "the name " + name + " is taken: choose another one"));
            return null;
        }
        member.start();
        log.accept(name + " has joined");
        tellOthers(name, Message.notice(name + " has joined"));
        return member;
    }

    private void serve(Member member, Line line) throws InterruptedException {
        String end = "has left";
        try {
            Message message = requireMessage(line.receive());
            while (message.kind() != Message.Kind.LEAVE) {
                route(member, message);
                message = requireMessage(line.receive());
            }
        } catch (IOException broken) {
            end = "is lost: the connection is broken";
        }
        members.remove(member.name(), member);
        if (!closed) {
            log.accept(member.name() + " " + end);
            tellOthers(member.name(), Message.notice(member.name() + " " + end));
        }
        member.end();
    }

    /** A line that ends without a LEAVE is as good as broken. */
    private static Message requireMessage(@Nullable Message message) throws IOException {
        if (message == null) {
            throw new IOException("the line has ended");
        }
        return message;
    }

    private void route(Member from, Message message) {
        if (message.kind() != Message.Kind.SAY) {
            from.tell(Message.notice("not understood: " + message.kind()));
            return;
        }
        Message said = Message.say(from.name(), message.to(), message.text()); // whoever it claims to be
        if (said.to().isEmpty()) {
            tellOthers(from.name(), said);
            return;
        }
        Member to = members.get(said.to());
        if (to == null) {
            from.tell(Message.notice("nobody here is called " + said.to()));
        } else {
            to.tell(said);
        }
    }

    private void tellOthers(@Nullable String name, Message message) {
        members.forEach((other, member) -> {
            if (!other.equals(name)) {
                member.tell(message);
            }
        });
    }
}
