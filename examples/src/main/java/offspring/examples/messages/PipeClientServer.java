package offspring.examples.messages;

import java.io.EOFException;
import java.io.PrintWriter;
import java.io.Serializable;
import offspring.examples.Example;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;
import picocli.CommandLine.Command;

/**
 * The textbook's {@code 07_proc_pipes_client_server}: {@code adder} is a server at one end of a pipe that adds whatever can be added,
 * numbers as well as strings. What it cannot add, it answers with the reason.
 */
@Command(
        name = "pipe-client-server",
        description = "A server process adds numbers and strings that come through a pipe.")
final class PipeClientServer extends Example {

    /**
     * A request.
     *
     * @param x the first addend
     * @param y the second
     */
    record Pair(Serializable x, Serializable y) implements Serializable {}

    @Override
    protected void show(PrintWriter out) throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection server = pipe.first();
        Connection client = pipe.second();
        Process adder = new Process(() -> adder(server, client), "adder");
        adder.start();
        server.close(); // not ours
        try (client) {
            ask(out, client, new Pair(3, 4));
            ask(out, client, new Pair(0.5, 2));
            ask(out, client, new Pair("Hello", "World"));
            ask(out, client, new Pair("seven", 7));
        }
        adder.join();
        out.println("the server has ended; exit code " + adder.exitcode().orElseThrow());
    }

    private static void ask(PrintWriter out, Connection client, Pair pair) throws Exception {
        client.send(pair);
        out.println(pair.x() + " + " + pair.y() + " = " + client.recv());
    }

    private static void adder(Connection server, Connection client) throws Exception {
        client.close(); // not ours
        try (server) {
            for (Pair pair = server.recv(Pair.class); pair != null; pair = server.recv(Pair.class)) {
                server.send(sum(pair.x(), pair.y()));
            }
        } catch (EOFException nobodyAsks) {
            System.out.println("the server ends");
        }
    }

    static Object sum(Object x, Object y) {
        if (x instanceof Integer a && y instanceof Integer b) {
            return (long) a + b;
        }
        if (x instanceof Number a && y instanceof Number b) {
            return a.doubleValue() + b.doubleValue();
        }
        if (x instanceof String a && y instanceof String b) {
            return a + b;
        }
        return "? a " + x.getClass().getSimpleName() + " and a " + y.getClass().getSimpleName() + " cannot be added";
    }
}
