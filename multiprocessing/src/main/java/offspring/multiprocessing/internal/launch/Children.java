package offspring.multiprocessing.internal.launch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The children of this process that have not ended yet. */
final class Children {

    private static final Set<Child> LIVE = ConcurrentHashMap.newKeySet();

    private Children() {}

    static void add(Child child) {
        LIVE.add(child);
    }

    static void remove(Child child) {
        LIVE.remove(child);
    }

    /** Ends all at once, before this process is gone itself. */
    static void killAll() {
        LIVE.forEach(Child::killAlone);
    }

    static List<Child> live() {
        return List.copyOf(LIVE);
    }
}
