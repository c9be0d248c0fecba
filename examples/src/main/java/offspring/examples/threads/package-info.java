/** Examples of threads and their queues in one JVM: the first half of every textbook on the matter. */
package offspring.examples.threads;
