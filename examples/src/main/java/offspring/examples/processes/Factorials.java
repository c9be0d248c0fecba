package offspring.examples.processes;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import offspring.examples.Example;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The textbook's factorials of 5, 6 and 7 in three processes at the same time. */
@Command(name = "factorials", description = "Three processes compute three factorials.")
final class Factorials extends Example {

    private static final int MOST_PROCESSES = 16;
    private static final int LARGEST = 1_000;

    @Parameters(paramLabel = "N", description = "Of which numbers; 5 6 7 if not given.")
    private List<Integer> numbers = List.of(5, 6, 7);

    @Override
    protected void show(PrintWriter out) throws Exception {
        inRange("the count of numbers", numbers.size(), 1, MOST_PROCESSES);
        for (int n : numbers) {
            inRange("each number", n, 0, LARGEST);
        }
        List<Process> processes = new ArrayList<>();
        for (int n : numbers) {
            Process process = new Process(() -> factorial(n), "factorial of " + n);
            processes.add(process);
            process.start();
        }
        List<Integer> codes = new ArrayList<>();
        for (Process process : processes) {
            process.join();
            codes.add(process.exitcode().orElseThrow());
        }
        out.println("all processes have ended, with exit codes " + codes);
    }

    private static void factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        System.out.println("the factorial of " + n + " is " + product);
    }
}
