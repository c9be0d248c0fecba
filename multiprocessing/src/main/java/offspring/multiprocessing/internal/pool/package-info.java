/**
 * Floor 7: many calls on a few child JVMs, and an exact answer for each of them.
 *
 * <pre>
 *   parent                                                                    worker (a child JVM)
 *   PoolEngine ── pending calls                                                WorkerMain
 *     │  takes a batch for an idle worker                                        initializer
 *     ▼                                                                          for each call:
 *   Worker ── {@link offspring.multiprocessing.internal.pool.Frames calls} ═══════ private pipe ═══════════►            turn := its number
 *     │       ◄══════════════════════════════════ results ═══════                decode, run, encode
 *     │       ◄- - - - - - - - - - - - - - - - -  {@link offspring.multiprocessing.internal.pool.WorkerWords}  - -               done := its number
 *     ▼                                                                          finalizer
 *   {@link offspring.multiprocessing.internal.pool.Call}: succeeded, failed with facts, or cancelled; exactly once
 * </pre>
 */
package offspring.multiprocessing.internal.pool;
