/**
 * Floor 0: named memory that processes share, and who of them is alive.
 *
 * <pre>
 *   Session ──► SessionDirectory   the private directory, whose lock says that its root lives
 *      │   └──► ProcessTable       slot → pid, state, report
 *      ▼
 *   Segment                        a mapped file, with the access modes of VarHandle
 * </pre>
 */
package offspring.multiprocessing.internal.segment;
