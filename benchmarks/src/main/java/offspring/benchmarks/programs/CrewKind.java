package offspring.benchmarks.programs;

/** What a crew is made of. */
public enum CrewKind {

    /** The thread that asks, one task after the other. */
    SEQUENTIAL("sequential"),

    /** Threads of our executor. */
    THREADS("threads"),

    /** Virtual threads of our executor; Java 21 and later. */
    VIRTUAL_THREADS("virtual threads"),

    /** Threads of the JDK's pool. */
    FORK_JOIN("ForkJoinPool"),

    /** Child JVMs of our executor, a task per hand-over. */
    PROCESSES("processes"),

    /** Child JVMs of our pool, many tasks per hand-over. */
    PROCESSES_IN_CHUNKS("processes, in chunks");

    private final String title;

    CrewKind(String title) {
        this.title = title;
    }

    /** A name for people. */
    public String title() {
        return title;
    }

    /** Whether this JVM can have such a crew. */
    public boolean isHere() {
        return this != VIRTUAL_THREADS || Crew.hasVirtualThreads();
    }

    /**
     * Makes one.
     *
     * @param workers how many work at the same time; a sequential one has one in any case
     * @throws IllegalStateException if this JVM cannot have such a crew
     */
    public Crew of(int workers) {
        if (!isHere()) {
            throw new IllegalStateException(
                    title + " need Java 21 or later, but this is " + Runtime.version() + ": choose another crew");
        }
        return switch (this) {
            case SEQUENTIAL -> Crew.sequential();
            case THREADS -> Crew.threads(workers);
            case VIRTUAL_THREADS -> Crew.virtualThreads(workers);
            case FORK_JOIN -> Crew.forkJoin(workers);
            case PROCESSES -> Crew.processes(workers);
            case PROCESSES_IN_CHUNKS -> Crew.processesInChunks(workers);
        };
    }
}
