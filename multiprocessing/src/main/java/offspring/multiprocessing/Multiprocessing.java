package offspring.multiprocessing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import offspring.multiprocessing.internal.launch.Bootstrap;
import offspring.multiprocessing.internal.launch.ChildMain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Questions about this process and its children: the functions of Python's module {@code multiprocessing}.
 *
 * <pre>{@code
 * int workers = Multiprocessing.cpuCount();
 * String me = Multiprocessing.currentProcess().name(); // "MainProcess", or "Process-2" in a child
 * }</pre>
 *
 * <p>No method blocks. All may be called from any thread.
 *
 * @since 0.1.0
 */
public final class Multiprocessing {

    /** Children that were started and not yet seen to have ended. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Multiprocessing() {}

    /** Null until somebody has chosen or asked. */
    private static final AtomicReference<@Nullable StartMethod> START_METHOD = new AtomicReference<>();

    /** Set by the task that a child was sent; null where the process is the {@link Origin}. */
    private static final class Current {
        static volatile @Nullable Process process;
    }

    /** The main process of the family, or a child that was sent nothing but its target; made when first asked for. */
    private static final class Origin {
        static final Process PROCESS = origin();
    }

    private static Process origin() {
        Bootstrap bootstrap = ChildMain.bootstrap();
        return bootstrap == null ? Process.main() : Process.child(bootstrap);
    }

    /**
     * The process that asks: Python's {@code current_process()}.
     *
     * @return in a child the object that was started, there with the fields that it had then; else the main process, whose
     *     name is {@code "MainProcess"}
     */
    public static Process currentProcess() {
        Process child = Current.process;
        return child == null ? Origin.PROCESS : child;
    }

    /**
     * The process that started this one: Python's {@code parent_process()}.
     *
     * @return an object that knows the parent's name and pid, says whether it is alive, and can be joined; nothing in the main
     *     process
     */
    public static Optional<Process> parentProcess() {
        Bootstrap bootstrap = ChildMain.bootstrap();
        return bootstrap == null
                ? Optional.empty()
                : Optional.of(Process.parent(bootstrap.parentName(), bootstrap.parentPid()));
    }

    /**
     * The children of this process that are alive: Python's {@code active_children()}.
     *
     * @return a snapshot, in no particular order
     */
    public static List<Process> activeChildren() {
        return STARTED.stream().filter(Process::isRunning).toList();
    }

    /**
     * How many processors this process may use: Python's {@code cpu_count()}, but like {@code process_cpu_count()} it respects
     * the limits of a container.
     *
     * @return the number of processors, at least 1
     */
    public static int cpuCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * The logger of this module: Python's {@code get_logger()}. The starts and ends of processes, and with them of the workers of pools, are
     * logged to it at DEBUG from the first call of this method on; as in Python, nobody is told who has not asked. The loggers of
     * classes, which tell of trouble, have names that begin with this one's, so it is where a logging system is told what to show of the
     * module.
     *
     * @return the logger {@code offspring.multiprocessing}; it has no level and no handler of its own
     */
    public static Logger getLogger() {
        return ProcessLog.logger();
    }

    /**
     * From now on the starts and ends of processes are written to standard error, in this process and in the children that it starts from
     * now on: what is mostly wanted of Python's {@code log_to_stderr()}.
     *
     * <pre>
     * [DEBUG/MainProcess] started Process-1, pid 4711
     * [DEBUG/Process-1] child process calling run()
     * [DEBUG/Process-1] run() is over
     * [DEBUG/MainProcess] Process-1, pid 4711, ended with exit code 0
     * </pre>
     *
     * <p><b>Differences from Python.</b> slf4j has no handlers that a library could add: only these facts are written. What the program
     * itself or other parts of this library log goes to the program's logging system alone. Calling it again changes nothing, and it
     * cannot be undone.
     *
     * @return {@link #getLogger()}
     */
    public static Logger logToStderr() {
        ProcessLog.toStderr();
        return getLogger();
    }

    /**
     * Chooses where the JVMs of processes come from that do not choose themselves ({@link ProcessOptions.Builder#startMethod}): Python's
     * {@code set_start_method(method)}. To be called once, by the main program, since a library would surprise others with it.
     *
     * @param method started when needed, or ahead
     * @throws IllegalStateException if it was chosen, or asked for, before
     */
    public static void setStartMethod(StartMethod method) {
        Objects.requireNonNull(method, "method");
        if (!START_METHOD.compareAndSet(null, method)) {
            throw new IllegalStateException(
                    "the start method is " + startMethod() + " already, and somebody may count on it; setStartMethod("
                            + method + ", true) changes it nevertheless");
        }
    }

    /**
     * As {@link #setStartMethod(StartMethod)}, but more than once: Python's {@code set_start_method(method, force=True)}. Processes that
     * are started from now on come from there; nothing else changes.
     *
     * @param method started when needed, or ahead
     * @param force whether it may have been chosen before
     * @throws IllegalStateException if it was chosen, or asked for, before, and {@code force} is false
     */
    public static void setStartMethod(StartMethod method, boolean force) {
        if (force) {
            START_METHOD.set(Objects.requireNonNull(method, "method"));
        } else {
            setStartMethod(method);
        }
    }

    /**
     * Where the JVMs of processes come from that do not choose themselves: Python's {@code get_start_method()}. As there, the answer
     * is binding: afterwards it can be changed by force only.
     *
     * @return what was chosen; in a child, where it comes from itself; else {@link StartMethod#SPAWN}
     */
    public static StartMethod getStartMethod() {
        START_METHOD.compareAndSet(null, startMethod());
        return startMethod();
    }

    /**
     * As {@link #getStartMethod()}, without obligation: Python's {@code get_start_method(allow_none=True)}.
     *
     * @return what was chosen; nothing if it may still be chosen
     */
    public static Optional<StartMethod> chosenStartMethod() {
        return Optional.ofNullable(START_METHOD.get());
    }

    /** Where they come from now. */
    static StartMethod startMethod() {
        StartMethod chosen = START_METHOD.get();
        if (chosen != null) {
            return chosen;
        }
        Bootstrap bootstrap = ChildMain.bootstrap();
        return bootstrap != null && bootstrap.childrenStandBy() ? StartMethod.STANDBY : StartMethod.SPAWN;
    }

    /**
     * The ways to get a JVM for a process: Python's {@code get_all_start_methods()}.
     *
     * @return all, the one first that is taken if nobody chooses
     */
    public static List<StartMethod> getAllStartMethods() {
        return List.of(StartMethod.values());
    }

    /** Makes the process that was sent here the current one. */
    static void become(Process process) {
        Bootstrap bootstrap = ChildMain.bootstrap();
        if (bootstrap == null) {
            throw new IllegalStateException("only a process that was started by the library becomes another one");
        }
        process.becomeCurrent(bootstrap.authkey());
        Current.process = process;
    }

    static void started(Process process) {
        STARTED.add(process);
    }

    static void ended(Process process) {
        STARTED.remove(process);
    }

    /** The number of the next child that this process makes. */
    static int nextNumber() {
        return COUNT.incrementAndGet();
    }
}
