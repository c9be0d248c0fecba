package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import org.jspecify.annotations.Nullable;

/**
 * Maps files; in a child in the way that costs a young JVM least.
 *
 * <p>{@link FileChannel#map(MapMode, long, long)} of newer JDKs makes a constructor with six parameters callable by generated classes, which
 * takes half as long as the JVM has taken to boot. Their other way, through the memory segments of JDK 22, calls that constructor
 * plainly. It is found by its name, since the library is built for JDK 17, and called exactly as it is declared but for the types that
 * 17 does not have: they are interfaces, for which a handle needs no cast, and so no generated class either.
 *
 * <p>Such a buffer asks the segment at each access whether it is still there, which makes an uncontended lock or a message two to nine
 * nanoseconds slower (13 and 58). So only children take it, for whom the start counts; the process that makes the session does not.
 *
 * <p>Either way the memory is given back when the garbage collector has found that nobody has the buffer any more.
 */
final class Mapping {

    private static final int SINCE = 22;

    private static volatile boolean inAChild;

    private Mapping() {}

    /** This process is a child. Called before it maps anything. */
    static void forAChild() {
        inAChild = true;
    }

    /** The first bytes of the file, to be read and written. */
    static ByteBuffer of(FileChannel channel, long sizeBytes) throws IOException {
        return inAChild && Runtime.version().feature() >= SINCE && Segments.MAP != null
                ? Segments.map(channel, sizeBytes)
                : channel.map(MapMode.READ_WRITE, 0, sizeBytes);
    }

    /** What JDK 22 has: {@code channel.map(mode, 0, size, Arena.ofAuto()).asByteBuffer()}. */
    private static final class Segments {

        static final @Nullable MethodHandle ARENA;
        static final @Nullable MethodHandle MAP;
        static final @Nullable MethodHandle BUFFER;

        static {
            MethodHandle arena = null;
            MethodHandle map = null;
            MethodHandle buffer = null;
            try {
                MethodHandles.Lookup all = MethodHandles.publicLookup();
                Class<?> arenaType = Class.forName("java.lang.foreign.Arena");
                Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
                arena = all.findStatic(arenaType, "ofAuto", MethodType.methodType(arenaType));
                map = all.findVirtual(
                        FileChannel.class,
                        "map",
                        MethodType.methodType(segmentType, MapMode.class, long.class, long.class, arenaType));
                buffer = all.findVirtual(segmentType, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
            } catch (ReflectiveOperationException e) {
                map = null; // the other way is slower, and always there
            }
            ARENA = arena == null
                    ? null
                    : MethodHandles.explicitCastArguments(arena, MethodType.methodType(Object.class));
            MAP = map == null
                    ? null
                    : MethodHandles.explicitCastArguments(
                            map,
                            MethodType.methodType(
                                    Object.class,
                                    FileChannel.class,
                                    MapMode.class,
                                    long.class,
                                    long.class,
                                    Object.class));
            BUFFER = buffer == null
                    ? null
                    : MethodHandles.explicitCastArguments(
                            buffer, MethodType.methodType(ByteBuffer.class, Object.class));
        }

        @SuppressWarnings("NullAway") // all three are there, or MAP is not
        static ByteBuffer map(FileChannel channel, long sizeBytes) throws IOException {
            try {
                Object arena = (Object) ARENA.invokeExact();
                Object segment = (Object) MAP.invokeExact(channel, MapMode.READ_WRITE, 0L, sizeBytes, arena);
                return (ByteBuffer) BUFFER.invokeExact(segment);
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("a mapping fails with an IOException or an unchecked one", e);
            }
        }
    }
}
