/**
 * Floor 1: sleep on a place in shared memory until another process has changed something.
 *
 * <pre>
 *        process A                                   process B
 *   WaitPoint.await ──► spins, then sets its mark
 *        sleeps                                  WaitPoint.signalAll: takes the marks
 *          ▲                                            │
 *          └── Parking ◄── Bell ◄── one byte ───────────┘  only if somebody sleeps
 * </pre>
 */
package offspring.multiprocessing.internal.parking;
