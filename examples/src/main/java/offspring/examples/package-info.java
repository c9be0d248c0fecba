/**
 * Runnable examples behind one launcher, {@link offspring.examples.Examples}: one package per example.
 */
package offspring.examples;
