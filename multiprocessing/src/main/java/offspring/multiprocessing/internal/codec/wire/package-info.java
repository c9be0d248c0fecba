/**
 * The bytes of a message: where they are gathered, and how plain values lie in them.
 *
 * <pre>
 *   Codec ──► LeafWriter ──► Encoded ──► Sink          (a ring, a socket, an array)
 *   Codec ◄── LeafReader ◄── byte[]
 *                 │
 *                 ├── ShapeWriter, ShapeReader: enum constants, records, lambdas; Shape finds out how
 *                 └── Tags draws the layout, PrimitiveArrays knows the eight array kinds
 * </pre>
 *
 * <p>Nothing here starts a lambda of its own, a variable handle, a regular expression or a formatter: the first message of a fresh
 * JVM passes through these classes and should not pay for linking them.
 */
package offspring.multiprocessing.internal.codec.wire;
