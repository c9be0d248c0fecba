package offspring.benchmarks.jmh;

import offspring.benchmarks.programs.Program;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A program that lives as long as a trial, with its children. */
public abstract class ProgramState {

    @SuppressWarnings("NullAway.Init") // set by makeProgram
    private Program program;

    /** The program, in the JVM that is to run it. */
    abstract Program make() throws Exception;

    /** Makes it. */
    @Setup(Level.Trial)
    public void makeProgram() throws Exception {
        program = make();
    }

    /** Ends it and its children. */
    @TearDown(Level.Trial)
    public void closeProgram() throws Exception {
        program.close();
    }

    final long run(long operations) throws Exception {
        return program.run(operations);
    }
}
