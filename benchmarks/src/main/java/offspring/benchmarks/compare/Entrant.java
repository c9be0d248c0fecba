package offspring.benchmarks.compare;

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
     */
    record Jvm(String name, CheckedSupplier<Program> program) implements Entrant {}

    /**
     * A function of {@code rival.py}.
     *
     * @param name what the table calls it
     * @param function the function's name
     */
    record Python(String name, String function) implements Entrant {}
}
