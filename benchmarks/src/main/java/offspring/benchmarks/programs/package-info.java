/**
 * The programs that are measured: the same work by us and by java.util.concurrent, one class per subject. CPython's
 * versions are functions of {@code rival.py}, one per row, with the same loops. What others have published is in
 * {@link offspring.benchmarks.workloads}.
 */
package offspring.benchmarks.programs;
