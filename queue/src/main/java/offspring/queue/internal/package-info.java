/**
 * The engines under the queues: how items are kept, how threads wait for them, how tasks are counted.
 *
 * <pre>
 *   Queue, SimpleQueue, the BlockingQueue view        say what went wrong: Empty, Full, ShutDown
 *        │
 *        ▼
 *   Engine            the words that every engine understands; Tasks, its count of unfinished ones
 *     ├── FifoEngine        first in, first out: two locks, linked segments, spins before it sleeps
 *     └── ArrangedEngine    any other order: one lock around a Store
 * </pre>
 *
 * <p>Nothing here is exported.
 */
package offspring.queue.internal;
