/**
 * What of JMH's benchmarks the report publishes, and how it runs them.
 *
 * <pre>
 *   JmhSuite ─► JmhRun, … ─► JmhRuns ══ a JVM per benchmark and fork ══► offspring.benchmarks.jmh
 *      │                        │
 *      └─ Labels ───────────────┴─► JmhFigure, …
 * </pre>
 */
package offspring.benchmarks.jmh.suites;
