/**
 * What the modules of this project share and nobody else may use.
 */
package offspring.core.internal;
