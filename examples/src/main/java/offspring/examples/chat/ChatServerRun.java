package offspring.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import offspring.examples.AtCtrlC;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server of the textbook's practical task as a console program: ends at "exit", at the end of its input, and at Ctrl-C. */
@Command(
        name = "chat-server",
        description = "The messenger's server: a console program that ends at 'exit', end of input or Ctrl-C.")
@SuppressWarnings("try") // what is to be done at Ctrl-C is closed, not looked at
final class ChatServerRun extends Example {

    static final int PORT = 7777;

    private static final int LAST_PORT = 65_535;

    @Option(names = "--host", paramLabel = "HOST", description = "Where to listen: ${DEFAULT-VALUE} if not given.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port: ${DEFAULT-VALUE} if not given; 0 for a free one.")
    private int port = PORT;

    @Override
    protected void show(PrintWriter out) throws Exception {
        InetSocketAddress address = new InetSocketAddress(host, inRange("--port", port, 0, LAST_PORT));
        if (address.isUnresolved()) {
            throw refusal("--host " + host + " is unknown: try 127.0.0.1");
        }
        try (ChatServer server = started(address, out);
                AtCtrlC end = new AtCtrlC(server::close)) {
            out.println("listening on " + host + ":" + server.address().getPort() + "; 'exit' ends");
            awaitExit(server, out);
        }
        out.println("the server has ended");
    }

    private ChatServer started(InetSocketAddress address, PrintWriter out) throws IOException {
        try {
            return new ChatServer(address, out::println);
        } catch (java.net.BindException taken) {
            throw refusal("--port " + port + " cannot be had (" + taken.getMessage() + "): try --port 0");
        }
    }

    private static void awaitExit(ChatServer server, PrintWriter out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = in.readLine(); line != null && !line.strip().equals("exit"); line = in.readLine()) {
            out.println("here are " + server.names() + "; 'exit' ends");
        }
    }
}
