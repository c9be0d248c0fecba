package offspring.multiprocessing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.launch.ChildMain;
import offspring.multiprocessing.internal.ring.Payloads;

/**
 * What a child does that stands by: the {@link Rehearsal}, and it loads the classes of the last few targets, since programs start the same
 * target again and again. Loads and links, no more: code of the program runs when it has something to do.
 *
 * @param classes the names of these classes
 */
record Preparation(ArrayList<String> classes) implements CheckedRunnable {

    private static final int MOST = 16;
    private static final ReentrantLock LOCK = new ReentrantLock();
    /** Guarded by the lock; the last one is the newest. */
    private static final Set<String> RECENT = new LinkedHashSet<>();

    private static volatile Class<?> last = Preparation.class;

    /** Encoded, as it is now. */
    static byte[] encoded() {
        LOCK.lock();
        try {
            return Rehearsal.encoded(new Preparation(new ArrayList<>(RECENT)));
        } finally {
            LOCK.unlock();
        }
    }

    /** A process with this target, or of this class, is about to start. */
    static void expect(Object work) {
        Class<?> type = work.getClass();
        if (type == last) {
            return;
        }
        last = type;
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda"); // behind the name of the class that has it
        String known = lambda < 0 ? name : name.substring(0, lambda);
        LOCK.lock();
        try {
            RECENT.remove(known);
            RECENT.add(known);
            if (RECENT.size() > MOST) {
                RECENT.remove(RECENT.iterator().next());
            }
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void runChecked() throws Exception {
        Rehearsal.prepare();
        for (int i = 0; i < classes.size() && !ChildMain.isAwaited(); i++) {
            Payloads.codec().expect(classes.get(i));
        }
        ChildMain.rehearseEnd();
    }
}
