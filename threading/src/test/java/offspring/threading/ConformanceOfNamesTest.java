package offspring.threading;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import offspring.core.Barrier;
import offspring.core.BoundedSemaphore;
import offspring.core.Condition;
import offspring.core.Event;
import offspring.core.Lock;
import offspring.core.RLock;
import offspring.core.Semaphore;
import offspring.core.Thread;
import offspring.core.Timer;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

class ConformanceOfNamesTest {

    /** The classes of Python's {@code threading.__all__} and ours. */
    private static final Map<String, Class<?>> CLASSES = Map.ofEntries(
            entry("Barrier", Barrier.class),
            entry("BoundedSemaphore", BoundedSemaphore.class),
            entry("BrokenBarrierError", java.util.concurrent.BrokenBarrierException.class),
            entry("Condition", Condition.class),
            entry("Event", Event.class),
            entry("ExceptHookArgs", ExceptHookArgs.class),
            entry("Lock", Lock.class),
            entry("RLock", RLock.class),
            entry("Semaphore", Semaphore.class),
            entry("Thread", Thread.class),
            entry("ThreadError", IllegalStateException.class),
            entry("Timer", Timer.class),
            entry("local", Local.class));

    /** The functions of {@code threading.__all__} and our methods. */
    private static final Map<String, Set<String>> FUNCTIONS = Map.ofEntries(
            entry("active_count", Set.of("activeCount")),
            entry("current_thread", Set.of("currentThread")),
            entry("enumerate", Set.of("enumerate")),
            entry("excepthook", Set.of("excepthook", "setExcepthook")),
            entry("__excepthook__", Set.of("defaultExcepthook")),
            entry("get_ident", Set.of("getIdent")),
            entry("get_native_id", Set.of("getNativeId")),
            entry("main_thread", Set.of("mainThread")),
            entry("serialize_iterator", Set.of("serializeIterator")),
            entry("concurrent_tee", Set.of("concurrentTee")),
            entry("stack_size", Set.of("stackSizeBytes", "setStackSizeBytes")));

    @Test
    @FromCPython("test_threading.MiscTestCase.test__all__")
    void shouldOfferWhatPythonOffersAndNothingElse() {
        Set<String> offered = Arrays.stream(Threading.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = FUNCTIONS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());

        assertThat(offered).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(CLASSES.values()).allMatch(type -> Modifier.isPublic(type.getModifiers()));
    }
}
