/**
 * Any serializable graph as one object stream of the JDK, made smaller because both ends share one class path.
 *
 * <pre>
 *   GraphWriter                                              GraphReader
 *     class descriptor → KnownClasses id, or the name          ClassResolver: id or name → class
 *     large primitive array → DetachedArray, bytes behind      GraphFilter: may it be loaded, can it fit
 * </pre>
 */
package offspring.multiprocessing.internal.codec.graph;
