/**
 * Queues between threads: Python's {@code queue} module.
 *
 * <pre>
 *   MessageQueue            put, get, qsize: queues of threads and of processes
 *     ├── SimpleQueue           first in, first out; nothing else
 *     └── TaskQueue         taskDone, join
 *           └── Queue           first in, first out; bounded or not; shutdown
 *                 ├── LifoQueue        last in, first out
 *                 ├── PriorityQueue    smallest first; Prioritized pairs an item with its priority
 *                 ├── JoinableQueue    a Queue under its name between processes
 *                 └── your own         by an Arrangement
 * </pre>
 *
 * <p>Said once, for all of them:
 *
 * <ul>
 *   <li><b>Items.</b> Null is an item like any other, so that Python's {@code None} sentinel works.
 *   <li><b>Timeouts.</b> Zero tries once, a negative one is an {@link java.lang.IllegalArgumentException}, one of more than
 *       292 years waits for ever. A timeout is a minimum, not a promise: the thread may come back later.
 *   <li><b>Interruption.</b> A thread that is interrupted while it waits in put, get or join, or before, gets an {@link
 *       java.lang.InterruptedException}. Then its put has not put and its get has not taken: no item is lost and none is
 *       there twice. {@code putNowait} and {@code getNowait} do not look at the interrupt.
 *   <li><b>Memory effects.</b> What a thread did before it put an item <i>happens-before</i> what another does after it took
 *       that item. What it did before {@code get} returned an item <i>happens-before</i> what a thread does after the
 *       {@code put} that found room because of it. What it did before {@code taskDone} <i>happens-before</i> what a thread
 *       does after the {@code join} that was waiting for it.
 *   <li><b>Threads.</b> Platform and virtual threads alike; no method holds a monitor while it waits.
 *   <li><b>Failures.</b> {@link offspring.queue.EmptyException}, {@link offspring.queue.FullException} and {@link
 *       offspring.queue.ShutDownException} are unchecked and name the call and the queue.
 * </ul>
 */
package offspring.queue;
