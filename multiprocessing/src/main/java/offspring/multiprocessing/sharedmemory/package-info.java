/**
 * Bytes that processes share by name: Python's {@code multiprocessing.shared_memory}.
 *
 * <pre>
 *   SharedMemory.create(size)            one process or family               memory in the session's directory, private
 *        name(), or the object itself ──────────────────► SharedMemory.attach(name)
 *
 *   SharedMemory.create("prices", size)  any process of this user            /dev/shm/prices
 *        "prices" ─────────────────────────────────────► SharedMemory.attach("prices")
 *                                                         Python: SharedMemory("prices")
 *
 *   ShareableList                        numbers, truth values, texts and bytes laid out in such memory
 * </pre>
 *
 * <p>Nothing here locks or waits. To order reads and writes of several processes, use a lock, an event, or a message of {@link
 * offspring.multiprocessing}: actions before it is released, set or sent <i>happen-before</i> those after it is acquired, seen or
 * received. Between unrelated processes there is no such order.
 */
package offspring.multiprocessing.sharedmemory;
