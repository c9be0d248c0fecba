/** Examples of child JVMs used as Python uses processes: same words as with threads, nothing shared by accident. */
package offspring.examples.processes;
