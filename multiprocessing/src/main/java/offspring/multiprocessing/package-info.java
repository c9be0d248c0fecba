/**
 * Child JVMs and what they share with their parent: Python's {@code multiprocessing}.
 *
 * <pre>
 *        this JVM                                     a child JVM
 *   Process.start() ── target, serialized ──────────►  run()
 *   Connection ◄═════ Pipe, in shared memory ═══════►  Connection
 *   Process.join() ◄── exit code, report ────────────  its end
 * </pre>
 *
 * <p><b>Timeouts</b> are {@link java.time.Duration}s: zero only looks, a negative one is an {@link
 * java.lang.IllegalArgumentException}, one of more than 292 years waits for ever. <b>Interruption</b> of a thread that waits is an {@link
 * java.lang.InterruptedException}, and leaves everything usable.
 */
package offspring.multiprocessing;
