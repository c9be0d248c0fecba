/**
 * What pools of child JVMs do when there is very much to do, when workers are killed, and when tasks misbehave.
 *
 * <pre>
 *   PoolsCommand ─┬─► PendingCalls   a hundred thousand calls at once: what each costs while it waits
 *                 ├─► Kills          from SIGKILL of a worker to the failed future, and to the next worker
 *                 └─► Misbehaviour   ours, PP4J and out-process beside each other
 *                          │ one fresh JVM per library and misdeed
 *                          ▼
 *                     Misdeed.main ─► child JVM of the library, which halts, or loops for ever
 * </pre>
 */
package offspring.benchmarks.pools;
