/**
 * Objects to bytes and back, inside a session and across its processes; and the failures on the way, in words.
 *
 * <pre>
 *   encode(value)                                                            decode(bytes)
 *      │                                                                        ▲
 *      ├─ leaves, containers, records, ► wire.LeafWriter ─► 0x01 … 0x34 ─► wire.LeafReader
 *      │  lambdas, shared objects               │ Form.depart                 │ Form.arrive
 *      │                                                                        │
 *      └─ anything else ───────────────► graph.GraphWriter ─► 0x40 … ───► graph.GraphReader
 *            │        writeReplace,            │                    readResolve │
 *            │        writeObject, …           ▼                                ▼
 *            │                          CodecContext.current(): where this message goes, where it arrived
 *            ▼
 *         CulpritFinder: what cannot travel, and by which fields it was reached  ─► CannotTravelException
 *
 *   Failures: any Throwable to plain values and back: itself if it survives the way, and always its FailureRecord
 * </pre>
 *
 * <p>Three rooms: {@code codec} decides and explains, {@code codec.graph} is the object stream, {@code codec.wire} the
 * bytes. Imports point in this order only. A {@link offspring.multiprocessing.internal.codec.Codec} keeps no state
 * between messages: they may be lost, or read by any of several processes.
 */
package offspring.multiprocessing.internal.codec;
