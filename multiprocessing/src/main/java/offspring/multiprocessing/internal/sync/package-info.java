/**
 * Floor 2: the few words of shared memory under each lock, and how they change.
 *
 * <pre>
 *   Lock, RLock ──► SharedMutex      owner, and which thread of it, how deep
 *   Semaphore ────► SharedCounter    permits
 *   Event ────────► SharedFlag       how often it was set or cleared
 *   Condition ────► SharedSignals    who waits, signals not yet taken      (and the lock's SharedMutex)
 *   Barrier ──────► SharedRounds     round, arrivals, how the last rounds ended
 *                       │
 *                       ▼
 *                  a cell of the session, and its wait point
 * </pre>
 */
package offspring.multiprocessing.internal.sync;
