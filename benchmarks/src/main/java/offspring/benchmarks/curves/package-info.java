/**
 * How figures grow: what workers are worth by their number and by the size of a task, and what messages, calls and workers
 * cost when there are more of them.
 *
 * <pre>
 *   SpeedupSuite ─► JobJvm ══ a JVM per job and picture ══► JobSuite ─┬─► Turns ─► Curves
 *   GrowthSuite  ─────────────────────────────────────────────────────┘
 *       └─► offspring.benchmarks.compare.PythonPrograms   the same by CPython
 * </pre>
 */
package offspring.benchmarks.curves;
