/**
 * What Offspring costs, beside what others cost.
 *
 * <pre>
 *   Benchmarks ─┬─ idle     ─►  IdleCommand                    what children cost that wait for nothing
 *               ├─ pools    ─►  offspring.benchmarks.pools     pools under load, under fire, and beside others
 *               ├─ startup  ─►  offspring.benchmarks.startup   the steps of a start
 *               ├─ report   ─►  offspring.benchmarks.report    all of the three that follow, as a page with pictures
 *               │               offspring.benchmarks.curves    how figures grow
 *               ├─ jmh      ─►  offspring.benchmarks.jmh       the same subjects under JMH
 *               └─ compare  ─►  offspring.benchmarks.compare   rival and ours by turns, in one run
 *                                        │
 *                                        ▼
 *                               offspring.benchmarks.programs  what is measured, one class per subject
 * </pre>
 */
package offspring.benchmarks;
