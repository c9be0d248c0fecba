/**
 * Rival and ours by turns: each contender is a process of its own that stays up for the whole row and measures when told.
 *
 * <pre>
 *                          round 1            round 2            …
 *   CompareCommand     ┌───────────────┐  ┌───────────────┐
 *     │                │ CPython  ours │  │ ours  CPython │          a line in:   run 50000
 *     ▼                └───┬───────┬───┘  └───────────────┘          a line out:  {"nanos": 2914822}
 *   Comparison ──────► Contender  Contender
 *                          │       │ pipes
 *                          ▼       ▼
 *                     rival.py   ProgramServer (a fresh JVM) ─► a program of offspring.benchmarks.programs
 * </pre>
 *
 * <p>By turns, because a machine's speed drifts: what a row reports is the ratio, and each round's ratio is of two
 * figures taken within a second or two. In processes of their own, because a JIT compiles a call site for the types that
 * it has seen: two contenders in one JVM would be measured by their order.
 *
 * <p>A new row is an entry of {@link offspring.benchmarks.compare.Rows}, a program, and a function of {@code rival.py}. The rows
 * of published workloads have places of their own: {@link offspring.benchmarks.compare.WorkloadRows}, {@link
 * offspring.benchmarks.workloads} and {@code workloads.py}.
 */
package offspring.benchmarks.compare;
