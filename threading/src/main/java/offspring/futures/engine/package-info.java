/**
 * What all pools and executors have in common, and the one interface that tells them apart.
 *
 * <pre>
 *   the user           EnginePool · EngineExecutor       chunks, order, callbacks, laziness, progress: written once
 *      │ fn, items        │ Job ▲
 *      ▼                  ▼     │ begin, succeeded, failed, abandon
 *   Pool · Executor     Engine                           threads here, child JVMs in offspring.multiprocessing
 * </pre>
 *
 * <p><b>To plug in an engine</b>, implement {@link offspring.futures.engine.Engine}: run the {@linkplain
 * offspring.futures.engine.Job jobs} that come in and report each of their items. Then {@code class MyPool extends
 * EnginePool} and {@code class MyExecutor extends EngineExecutor} need a constructor each.
 */
package offspring.futures.engine;
