/**
 * Workloads that others have published, as programs that are measured beside CPython's: what an operation is, what is as
 * published, and what is made smaller, stands at each class. CPython's versions are functions of {@code workloads.py}.
 *
 * <p>The letters and numbers are those of the rows' titles:
 *
 * <pre>
 *   B6   Ray's issue 21343      LogsWorkload            B11  the classic benchmark   ClassicStrings, ClassicReads, ClassicConditions
 *   B7   Fluent Python, arcfour CryptoWorkload          B12  joblib auto-batching    BatchesWorkload
 *   B8   Fluent Python, SHA-256 CryptoWorkload          B16  trio-parallel latency   LatencyWorkload
 *   B9   Fluent Python, primes  PrimesWorkload          B18  cost of recycling       RecyclingWorkload
 *   B10  lelo, parallelize      LoopWorkload            B19  shutdown when stuck     ShutdownWorkload
 * </pre>
 *
 * <p>Every program checks its results: a wrong one is an {@link java.lang.IllegalStateException}, which ends the contender.
 */
package offspring.benchmarks.workloads;
