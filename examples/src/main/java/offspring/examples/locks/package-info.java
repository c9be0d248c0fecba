/** Examples of what threads wait for: locks, semaphores, conditions, events, barriers. */
package offspring.examples.locks;
