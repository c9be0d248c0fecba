/**
 * The same CPU-bound work done three ways, with the same answers: one after the other, on threads, on child JVMs.
 *
 * <pre>
 *                 ┌─ SequentialRun   one loop; measures what each number costs and fixes the {@link offspring.examples.speedup.Plan}
 *  SpeedupCommand ├─ ThreadRun       Queue of tasks ─► n threads ─► Queue of answers
 *                 └─ ProcessRun      Queue of tasks ─► n threads, each with a Pipe to its own child JVM ─► Queue of answers
 *        │
 *        └─► Report: every answer the same, and the time each way took
 * </pre>
 */
package offspring.examples.speedup;
