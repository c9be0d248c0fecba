package offspring.examples.messages;

import java.io.PrintWriter;
import java.util.List;
import offspring.examples.Example;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;
import picocli.CommandLine.Command;

/** The textbook's first pipe: a process sends one list, the main program receives it. */
@Command(name = "pipe-message", description = "A process sends a list through a pipe.")
final class PipeMessage extends Example {

    @Override
    protected void show(PrintWriter out) throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection here = pipe.first();
        Connection there = pipe.second();
        Process process = new Process(() -> worker(there));
        process.start();
        there.close(); // the process has its own hold on it
        out.println("the process has sent " + here.recv());
        process.join();
        here.close();
    }

    private static void worker(Connection connection) throws Exception {
        connection.send(List.of("data", 123, true));
        connection.close();
    }
}
