/**
 * Python's {@code threading} module, as far as it is about threads themselves; the locks are in {@link offspring.core}.
 *
 * <pre>
 *   Threading         who am I, who is alive, who hears of failures
 *   Local             one value per thread
 *   StoppableThread   a thread that can be suspended, resumed and terminated from outside
 *   ThreadPool, ThreadPoolExecutor   the engines of {@link offspring.futures} that run on threads
 *
 *   offspring.core    Thread · Timer · Lock · RLock · Semaphore · Condition · Event · Barrier
 * </pre>
 *
 * <p><b>Timeouts, interruption.</b> As stated for the package {@link offspring.core}.
 */
package offspring.threading;
