/**
 * Python's threading primitives inside one JVM.
 */
package offspring.core;
