/**
 * Archives of loaded classes, with which children start with less work.
 *
 * <pre>
 *   {@link offspring.multiprocessing.internal.launch.archive.Fingerprint}       what decides whether an archive fits
 *   {@link offspring.multiprocessing.internal.launch.archive.CacheDirectory}    where they are kept, and thrown away
 *   {@link offspring.multiprocessing.internal.launch.archive.ClassArchive}      one of them: absent, made, used
 * </pre>
 */
package offspring.multiprocessing.internal.launch.archive;
