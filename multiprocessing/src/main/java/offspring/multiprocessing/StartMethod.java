package offspring.multiprocessing;

/**
 * Where the JVM of a process comes from: Python's start methods. {@code SPAWN} is Python's {@code spawn}; {@code STANDBY} stands where Python
 * has {@code fork} and {@code forkserver}, since a JVM cannot be copied while it runs.
 *
 * <pre>{@code
 * Multiprocessing.setStartMethod(StartMethod.STANDBY); // for all processes, or:
 * var options = ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
 * }</pre>
 *
 * <p>What a process does and sees does not depend on it, but for two things: with {@code STANDBY} the JVM is older than the process ({@link
 * ProcessHandle.Info#startInstant()}, the JVM's uptime), and classes of the JDK and of this library are loaded and initialized when it begins.
 * Classes of the program are not.
 *
 * @see ProcessOptions.Builder#startMethod
 * @see Multiprocessing#setStartMethod
 * @since 0.1.0
 */
public enum StartMethod {

    /** A new JVM for each process, started when the process is. */
    SPAWN,

    /**
     * A JVM that was started ahead, and waits. A new one is started in the background for each that is taken; so the first process, and
     * those that come faster than JVMs start, wait for a start, as with {@code SPAWN}. The JVMs that wait belong to a {@link StandbyReserve}.
     *
     * <p>A process whose output goes to a file that is overwritten ({@link ProcessBuilder.Redirect#to}) is started as with {@code SPAWN}:
     * a JVM that is started ahead would empty the file too early.
     */
    STANDBY
}
