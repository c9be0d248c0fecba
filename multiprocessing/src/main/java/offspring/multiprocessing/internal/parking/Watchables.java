package offspring.multiprocessing.internal.parking;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Watchable} behind an object of the library whose class is public, and does not show how it is waited for. */
public final class Watchables {

    private static final List<Function<Object, @Nullable Watchable>> KINDS = new CopyOnWriteArrayList<>();

    private Watchables() {}

    /** Adds a kind of objects; the function gives null for others. */
    public static void register(Function<Object, @Nullable Watchable> kind) {
        KINDS.add(kind);
    }

    /** How to wait for the object; null if it is not of the library. */
    public static @Nullable Watchable of(Object object) {
        if (object instanceof Watchable watchable) {
            return watchable;
        }
        for (Function<Object, @Nullable Watchable> kind : KINDS) {
            Watchable watchable = kind.apply(object);
            if (watchable != null) {
                return watchable;
            }
        }
        return null;
    }
}
