/**
 * Where the time of a start goes: the steps of a child from the start of its JVM to its end.
 *
 * <pre>
 *   parent   start() ─────────────────────────────────────────────────────────────────────► join() returns
 *   child        JVM boots │ record, tether │ session │ codec, target's class │ lambda │ target │ end
 *                          ChildMain        Session   ChildMain$Work         StartupChild      Signals
 * </pre>
 */
package offspring.benchmarks.startup;
