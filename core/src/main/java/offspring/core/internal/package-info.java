/**
 * What the modules of this project share and nobody else may use.
 *
 * <pre>
 *   Thread ──start, end──► ThreadRegistry ◄──current, main, alive── Threading
 *      └────failure──────► ExceptHook     ◄──install─────────────── Threading
 *      └────stack size───► StackSize      ◄──set─────────────────── Threading
 *
 *   Timeouts                                  what a Duration means as a timeout
 *   VirtualThreads, NativeIds, TargetNames    what the running JVM and the platform have to offer to threads
 *   Logs                                      the loggers of all modules
 * </pre>
 */
package offspring.core.internal;
