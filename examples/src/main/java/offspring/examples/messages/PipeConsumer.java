package offspring.examples.messages;

import java.io.EOFException;
import java.io.PrintWriter;
import offspring.examples.Example;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's {@code 06_proc_pipes}: a consumer at the end of a pipe, and the discipline of closing. Each side closes the end that is
 * not its own at once: the consumer sees the end of the stream when nobody holds the other end any more, itself included.
 */
@Command(name = "pipe-consumer", description = "A pipe ends when everybody who could send has closed that end.")
final class PipeConsumer extends Example {

    @Option(names = "--items", paramLabel = "N", description = "How many items go through: ${DEFAULT-VALUE}.")
    private int items = 4;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--items", items, 0, 100_000);
        Pipe pipe = Pipe.duplex();
        Connection output = pipe.first();
        Connection input = pipe.second();
        Process consumer = new Process(() -> consume(output, input), "consumer");
        consumer.start();
        output.close(); // not ours
        for (int item = 1; item <= count; item++) {
            input.send(item);
        }
        input.close(); // there is no more
        consumer.join();
        out.println("the consumer has ended; exit code " + consumer.exitcode().orElseThrow());
    }

    private static void consume(Connection output, Connection input) throws Exception {
        input.close(); // not ours; if it stayed open, recv() would wait for ever
        try (output) {
            while (true) {
                System.out.println("received " + output.recv());
            }
        } catch (EOFException nobodySends) {
            System.out.println("the consumer ends");
        }
    }
}
