/**
 * Messages between processes: Python's {@code multiprocessing.connection}.
 *
 * <p>A {@linkplain offspring.multiprocessing.connection.Connection connection} is one end of a pipe; {@link
 * offspring.multiprocessing.Pipe} makes both.
 */
package offspring.multiprocessing.connection;
