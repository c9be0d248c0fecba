/**
 * The options of JVMs: those of this one, and what its children make of them.
 *
 * <pre>
 *   {@link offspring.multiprocessing.internal.launch.options.OwnOptions}     what this JVM was started with
 *   {@link offspring.multiprocessing.internal.launch.options.Inheritance}    which of that its children get
 *   {@link offspring.multiprocessing.internal.launch.options.OptionText}     options as they stand in environment variables
 *   {@link offspring.multiprocessing.internal.launch.options.HeapShare}      how much of the memory a worker may take
 * </pre>
 */
package offspring.multiprocessing.internal.launch.options;
