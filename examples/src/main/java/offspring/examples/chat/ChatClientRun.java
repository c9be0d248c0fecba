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
import picocli.CommandLine.Parameters;

/** The client of the textbook's practical task as a console program: one thread sends, one receives. */
@Command(
        name = "chat-client",
        description = "The messenger's client: '@NAME TEXT' to one, 'TEXT' to all, 'exit' to leave.")
@SuppressWarnings("try") // what is to be done at Ctrl-C is closed, not looked at
final class ChatClientRun extends Example {

    private static final int LAST_PORT = 65_535;

    @Parameters(paramLabel = "NAME", description = "Who you are.")
    private String name = "";

    @Option(names = "--host", paramLabel = "HOST", description = "Where the server is: ${DEFAULT-VALUE} if not given.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Its port: ${DEFAULT-VALUE} if not given.")
    private int port = ChatServerRun.PORT;

    @Override
    protected void show(PrintWriter out) throws Exception {
        InetSocketAddress address = new InetSocketAddress(host, inRange("--port", port, 1, LAST_PORT));
        if (!Message.isName(name)) {
            throw refusal("'" + name + "' is no name: give 1 to 20 letters, digits, - or _");
        }
        ChatClient client = joined(address, out);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        boolean left;
        try (AtCtrlC end = new AtCtrlC(client::leave)) {
            left = client.run(in::readLine);
        }
        if (!left) {
            throw failure("the connection to " + host + ":" + port
                    + " is lost, and what you said last may be, too: join again when the server is back");
        }
    }

    private ChatClient joined(InetSocketAddress address, PrintWriter out) throws InterruptedException {
        try {
            return ChatClient.join(address, name, out::println);
        } catch (ChatClient.RefusedException refused) {
            throw refusal("the server refuses: " + refused.getMessage());
        } catch (IOException nobody) {
            throw refusal("no server at " + host + ":" + port + " (" + nobody.getMessage()
                    + "): start one with 'run chat-server', or give its --host and --port");
        }
    }
}
