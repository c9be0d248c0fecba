/**
 * One JVM's primitives under JMH, each beside its twin of java.util.concurrent: {@code ours} and {@code juc} in every class.
 */
package offspring.benchmarks.jmh;
