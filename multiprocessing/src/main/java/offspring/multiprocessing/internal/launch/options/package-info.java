/**
 * The options of JVMs: those of this one, and what its children make of them.
 *
 * <pre>
 *   {@link offspring.multiprocessing.internal.launch.options.OwnOptions}     what this JVM was started with
 *   {@link offspring.multiprocessing.internal.launch.options.Inheritance}    which of that its children get
 *   {@link offspring.multiprocessing.internal.launch.options.OptionText}     options as they stand in environment variables
 * </pre>
 */
package offspring.multiprocessing.internal.launch.options;
