/**
 * What runs in a worker of a pool, and the words in which it and its parent speak.
 *
 * <pre>
 *   {@link offspring.multiprocessing.internal.pool.worker.WorkerMain}   takes calls, does them, answers
 *      │    {@link offspring.multiprocessing.internal.pool.worker.Answers}   what is finished, first in shared memory, then in the pipe
 *      ▼       ▼
 *   {@link offspring.multiprocessing.internal.pool.worker.Frames}       what travels through the pipe, both ways
 *   {@link offspring.multiprocessing.internal.pool.worker.WorkerWords}  what both sides see at any time: how far it has come
 * </pre>
 */
package offspring.multiprocessing.internal.pool.worker;
