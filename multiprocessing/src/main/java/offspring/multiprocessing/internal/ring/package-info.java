/**
 * Floor 4: messages in shared memory, each whole, once and in order, whoever is killed.
 *
 * <pre>
 *   PipeEnd 1 ──write──► Ring ──read──► PipeEnd 0
 *      ▲                                   ▲
 *   Holders of end 1      in one        Holders of end 0      which processes hold the end: the end of the file
 *                         PipeFile                            is seen when none does
 * </pre>
 */
package offspring.multiprocessing.internal.ring;
