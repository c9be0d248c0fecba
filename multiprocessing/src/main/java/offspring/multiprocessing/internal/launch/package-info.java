/**
 * Floor 6: child JVMs, from the command line to the burial.
 *
 * <pre>
 *           parent                                           child
 *   Child.start ──ProcessBuilder──►  java … ChildMain
 *     attendant ──{@link offspring.multiprocessing.internal.launch.Bootstrap}───►  reads it, runs the work
 *         │      ════ Tether ═══════► leaves when it ends
 *         ▼                              ExitDuties: report in the process table
 *     waits, buries: exit code, slot, folder, orphans
 * </pre>
 */
package offspring.multiprocessing.internal.launch;
