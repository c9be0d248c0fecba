/**
 * What a person needs to find out what is wrong with a child: a debugger, its files, a dump of its heap.
 *
 * <pre>
 *   {@link offspring.multiprocessing.internal.launch.diagnosis.Diagnostics}   what is wanted, of any child
 *   {@link offspring.multiprocessing.internal.launch.diagnosis.CaseFile}      what is done for one child
 *   {@link offspring.multiprocessing.internal.launch.diagnosis.CrashLog}      what its JVM wrote when it crashed
 *   {@link offspring.multiprocessing.internal.launch.diagnosis.DebugPorts}    where debuggers may attach
 * </pre>
 */
package offspring.multiprocessing.internal.launch.diagnosis;
