/**
 * Python's {@code queue} module.
 */
package offspring.queue;
