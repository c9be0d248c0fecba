package offspring.benchmarks.compare;

import java.util.List;
import offspring.benchmarks.programs.Program;
import offspring.core.function.CheckedSupplier;

/** One of those who do a row's work. */
sealed interface Entrant {

    /** What the table calls it; one name per row. */
    String name();

    /**
     * A program for a JVM.
     *
     * @param name what the table calls it
     * @param program makes the program, in the JVM that will run it
     * @param options what that JVM must be started with, for the program to work at all
     */
    record Jvm(String name, CheckedSupplier<Program> program, List<String> options) implements Entrant {

        public Jvm {
            options = List.copyOf(options);
        }

        /** A program that any JVM can run. */
        public Jvm(String name, CheckedSupplier<Program> program) {
            this(name, program, List.of());
        }
    }

    /**
     * A function of {@code rival.py} or {@code workloads.py}.
     *
     * @param name what the table calls it
     * @param function the function's name
     */
    record Python(String name, String function) implements Entrant {}
}
