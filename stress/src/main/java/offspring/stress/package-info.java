/**
 * What our classes publish between threads, run against the memory model: each test says which results may be seen, and
 * jcstress looks for others.
 */
package offspring.stress;
