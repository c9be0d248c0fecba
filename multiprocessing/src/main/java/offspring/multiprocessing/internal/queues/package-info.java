/**
 * Floor 5: what makes a ring a queue: a bound on the number of items, puts that never wait for a reader, a count of unfinished tasks.
 *
 * <pre>
 *   put ──► encoded ──┬─ there is room, nothing waits ──────────────► ring ──► get, in any process
 *                     └─ else ► buffer ──► feeder (a thread) ───────►
 *
 *   {@link offspring.multiprocessing.internal.queues.SharedQueue}   one queue as one process sees it
 *   {@link offspring.multiprocessing.internal.queues.Feeder}        its buffer, and the thread that empties it
 *   {@link offspring.multiprocessing.internal.queues.QueueWords}    the counts, in shared memory
 *   {@link offspring.multiprocessing.internal.queues.Flushes}       at its end a process waits for its feeders
 * </pre>
 */
package offspring.multiprocessing.internal.queues;
