/** Examples of pools and executors: work is handed over, results come back. */
package offspring.examples.pools;
