package offspring.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import offspring.benchmarks.programs.Program;

/**
 * A contender's JVM: runs one program when told by a line on standard input, answers by a line on standard output, and
 * ends when standard input does. {@code rival.py} speaks the same lines.
 *
 * <pre>
 *   ►  (start)      ◄  {"ready": true}          the program is made: children are up, connections are open
 *   ►  run N        ◄  {"nanos": …}             for N operations in a row
 *   ►  idle N       ◄  {"nanos": …}             for N operations, each after a second of silence that is not counted
 * </pre>
 *
 * <p>What a program prints goes to standard error: standard output carries the protocol alone.
 */
final class ProgramServer {

    private static final long SILENCE_MILLIS = 1_000;

    private ProgramServer() {}

    /**
     * Serves the program of one entrant of one row.
     *
     * @param args the row's id and the entrant's name
     * @throws Exception what the program throws
     */
    public static void main(String... args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Entrant.Jvm entrant = Rows.byId(args[0]).jvmEntrant(args[1]);
        try (Program program = entrant.program().getChecked()) {
            answers.println("{\"ready\": true}");
            serve(program, commands, answers);
        }
    }

    private static void serve(Program program, BufferedReader commands, PrintStream answers) throws Exception {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println("{\"nanos\": " + measure(program, command) + "}");
            answers.flush();
        }
    }

    private static long measure(Program program, String command) throws Exception {
        int space = command.indexOf(' ');
        long operations = Long.parseLong(command.substring(space + 1));
        return switch (command.substring(0, Math.max(0, space))) {
            case "run" -> program.run(operations);
            case "idle" -> runAfterSilences(program, operations);
            default -> throw new IOException("a command is 'run N' or 'idle N', not '" + command + "'");
        };
    }

    private static long runAfterSilences(Program program, long operations) throws Exception {
        long nanos = 0;
        for (long i = 0; i < operations; i++) {
            Thread.sleep(SILENCE_MILLIS);
            nanos += program.run(1);
        }
        return nanos;
    }
}
