/**
 * Python's {@code threading} inside one JVM: threads, and what they use to exclude, count, await and meet each other.
 *
 * <pre>
 *                       Acquirable: acquire · release · hold
 *          ┌──────────────┬─────────┴────┬───────────────────┐
 *        Lock           RLock        Semaphore           Condition ──over──► Lock or RLock
 *     nobody's,       owned,         n permits           give the lock up and sleep,
 *     any thread      reentrant          │               until signalled
 *     releases                     BoundedSemaphore
 *                                  never above its first value
 *
 *        Event          Barrier      Thread              Timer
 *     a flag to       n threads      runs a target       a thread that waits,
 *     wait for        meet                               then calls once
 * </pre>
 *
 * <p>The classes are named and behave as Python's do. What holds for all of them is said here once.
 *
 * <p><b>Which methods block.</b> Those that declare {@link java.lang.InterruptedException}, and no others. None of them blocks
 * while it holds a Java monitor, so that a virtual thread that waits gives its carrier free.
 *
 * <p><b>Timeouts</b> are {@link java.time.Duration}s. Zero tries once and does not wait. A negative one is an {@link
 * java.lang.IllegalArgumentException}. One longer than 292 years, of which {@code Duration} can express many, waits for ever.
 * Leave the argument out to wait as long as it takes. The time is a minimum, measured by {@link java.lang.System#nanoTime()}:
 * a method may return later when the machine is busy, never noticeably earlier.
 *
 * <p><b>Interruption.</b> A blocking method called in a thread whose interrupt flag is set, or that is interrupted while it
 * waits, clears the flag and throws {@link java.lang.InterruptedException}. The object is then as if the call had not been
 * made: a lock is not held, a permit not taken, a signal not lost. (A {@link offspring.core.Condition} holds its lock again,
 * a {@link offspring.core.Barrier} is broken: they say so.) A method that can succeed without waiting checks the flag all
 * the same; the forms {@code acquire(false)}, which never wait, do not.
 *
 * <p><b>Null.</b> No argument may be {@code null} unless it is marked {@code @Nullable}; one that is gets a {@link
 * java.lang.NullPointerException} that names it, or the JVM's own.
 *
 * <p><b>Errors.</b> A bad argument is an {@link java.lang.IllegalArgumentException}, a call in the wrong state an {@link
 * java.lang.IllegalStateException}, whichever of its exceptions Python raises. Both leave the object unchanged.
 *
 * <p><b>Memory effects.</b> What a thread does before it releases, signals, sets, arrives or starts <i>happens-before</i>
 * what another does after the acquire, the await or the start that this made possible, in the sense of the Java Language
 * Specification, chapter 17. Each class names its pairs.
 *
 * <p><b>Fairness.</b> Waiting threads are served in the order in which they came, but a thread that comes at the moment of
 * a release may overtake those that sleep.
 */
package offspring.core;
