/**
 * Python's {@code concurrent.futures} and the pools of {@code multiprocessing}: results that are not there yet, and those
 * who produce them.
 *
 * <pre>
 *   Executor ──submit──► Future ◄──await, asCompleted── Futures
 *      └──────map──────► ResultIterator
 *                           ▲
 *   Pool ──imap─────────────┘
 *      ├───mapAsync, applyAsync──► AsyncResult
 *      └───mapOutcomes───────────► Outcome           Parallel: functions, objects and loops made parallel
 *
 *   offspring.threading         ThreadPoolExecutor · ThreadPool            threads
 *   offspring.multiprocessing   the same on child JVMs
 *   offspring.futures.engine    how to add one more
 * </pre>
 *
 * <p><b>Failures of tasks</b> are thrown as themselves if they are unchecked, and as the cause of a {@link
 * java.util.concurrent.CompletionException} if they are checked; only {@link offspring.futures.Future#get()} follows {@link
 * java.util.concurrent.Future}. A result that will never be there is a {@link
 * java.util.concurrent.CancellationException}.
 *
 * <p><b>Timeouts, interruption, null.</b> As stated for the package {@link offspring.core}. {@code null} is a legal item
 * and a legal result.
 */
package offspring.futures;
