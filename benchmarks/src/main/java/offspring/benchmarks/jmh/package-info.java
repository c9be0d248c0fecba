/**
 * What JMH measures, in a JVM of its own each. {@code Lock}, {@code RLock}, {@code Semaphore}, {@code Queue} and {@code Thread}
 * are one JVM's primitives, each beside its twin of java.util.concurrent: {@code ours} and {@code juc}. The others have
 * children, which come up before the first invocation and end after the last.
 *
 * <pre>
 *   Lock, RLock, Semaphore, Queue, Thread                          one JVM
 *   Pipe, ProcessQueue, SharedLock, Pool   ─► ProgramState ─► offspring.benchmarks.programs   a JVM and its children
 *   Speedup                                ─► Crew, Job    ─┘
 *   Start                                                          children, one per invocation
 * </pre>
 */
package offspring.benchmarks.jmh;
