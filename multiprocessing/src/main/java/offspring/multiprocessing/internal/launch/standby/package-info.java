/**
 * JVMs that were started ahead, and wait for work: processes begin in them at once.
 *
 * <pre>
 *   Reserve ──lacks one──► Keeper ──starts──► a Child that stands by ──take──► somebody's process
 *      ▲                     │                        │
 *      └── demand, use       └── too many, too old ───┴──► dismissed
 * </pre>
 */
@NullMarked
package offspring.multiprocessing.internal.launch.standby;

import org.jspecify.annotations.NullMarked;
