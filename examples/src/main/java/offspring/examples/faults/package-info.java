/** Examples of work that goes wrong: each fault costs one call, in a child JVM, and the program goes on. */
package offspring.examples.faults;
