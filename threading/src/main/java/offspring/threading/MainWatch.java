package offspring.threading;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import offspring.core.Thread;

/**
 * Tells engines when the main thread has ended, so that workers that are not daemons need not look for that from time to time:
 * a wait with a time limit is dearer than one without. One daemon thread for all, which lives as long as the main thread.
 */
final class MainWatch {

    private static final List<WeakReference<ThreadEngine>> ENGINES = new CopyOnWriteArrayList<>();

    private MainWatch() {}

    /** The thread, started with the first engine that wants to know. */
    private static final class Watcher {
        static final Thread THREAD = started();

        private static Thread started() {
            Thread thread = Thread.builder()
                    .target(MainWatch::watch)
                    .name("offspring-watch of the main thread")
                    .daemon(true)
                    .build();
            thread.start();
            return thread;
        }
    }

    /** Will call {@link ThreadEngine#mainHasEnded} once; at once if it has. */
    static void tell(ThreadEngine engine) {
        ENGINES.removeIf(known -> known.get() == null);
        ENGINES.add(new WeakReference<>(engine));
        if (!Watcher.THREAD.isAlive()) {
            tellAll();
        }
    }

    private static void watch() {
        boolean ended = false;
        while (!ended) {
            try {
                Threading.mainThread().join();
                ended = true;
            } catch (InterruptedException stray) {
                // nobody means this thread: watch on
            }
        }
        tellAll();
    }

    private static void tellAll() {
        for (WeakReference<ThreadEngine> known : ENGINES) {
            ThreadEngine engine = known.get();
            if (engine != null) {
                engine.mainHasEnded();
            }
        }
    }
}
