/**
 * Runnable examples behind one launcher, {@link offspring.examples.Examples}: one package per room.
 */
package offspring.examples;
