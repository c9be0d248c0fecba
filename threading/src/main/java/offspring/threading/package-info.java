/**
 * Python's {@code threading} module.
 */
package offspring.threading;
