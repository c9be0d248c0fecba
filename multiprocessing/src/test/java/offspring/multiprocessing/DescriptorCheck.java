package offspring.multiprocessing;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.storm.Remains;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test after which more descriptors are open than before it: files, pipes and sockets. Those of class files do not count, which
 * stay open once a class was loaded from there. Only Linux shows a process its descriptors; elsewhere nothing is checked.
 */
public final class DescriptorCheck implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(DescriptorCheck.class);
    private static final long PATIENCE_NANOS = Deadlines.PATIENCE.toNanos() / 4;

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(List.class, Remains.descriptors());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<?> before = context.getStore(NAMESPACE).remove(List.class, List.class);
        long start = System.nanoTime();
        while (Remains.descriptors().size() > before.size()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("the test left descriptors behind: " + count(before) + " before, "
                        + count(Remains.descriptors()));
            }
            System.gc(); // what was dropped is closed when it is collected
            Parking.tidy(); // a socket may end later than its process; the next wake-up, or the next death, sees to it
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static TreeMap<String, Long> count(List<?> descriptors) {
        return descriptors.stream()
                .map(String::valueOf)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
