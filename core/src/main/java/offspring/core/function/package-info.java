/**
 * Functions that may throw and that can travel to another process.
 *
 * <pre>
 *   java.lang.Runnable             ◄── CheckedRunnable        void runChecked() throws Exception
 *   java.util.function.Supplier    ◄── CheckedSupplier        R    getChecked() throws Exception   (also a Callable)
 *   java.util.function.Consumer    ◄── CheckedConsumer        void acceptChecked(A) throws Exception
 *   java.util.function.Function    ◄── CheckedFunction        R    applyChecked(A) throws Exception
 *   java.util.function.BiFunction  ◄── CheckedBiFunction      R    applyChecked(A, B) throws Exception
 * </pre>
 *
 * <p>Called through the JDK's method, each throws what the checked method throws, unchanged: a caller who holds only a
 * {@link java.lang.Runnable} may see a checked exception come out of {@code run()}.
 */
package offspring.core.function;
