/**
 * Floor 7: many calls on a few child JVMs, and an exact answer for each of them.
 *
 * <pre>
 *   parent                                                                    worker (a child JVM)
 *   Dispatcher ── calls that wait                                              {@link offspring.multiprocessing.internal.pool.worker.WorkerMain}
 *     │  takes a batch for a worker                                              initializer
 *     ▼                                                                          for each call:
 *   Sender ────── {@link offspring.multiprocessing.internal.pool.worker.Frames calls} ═════════ private pipe ══════════════►             running := its number
 *   Worker ◄═══════════════════════════ answers ══════                            decode, run, encode
 *     │    ◄- - - - - - - - - - - - - - {@link offspring.multiprocessing.internal.pool.worker.WorkerWords} - - -                  keep the answer; finished := its number
 *     ▼                                                                          finalizer
 *   {@link offspring.multiprocessing.internal.pool.Call}: each item succeeded or failed with facts, or all cancelled; exactly once
 * </pre>
 */
package offspring.multiprocessing.internal.pool;
