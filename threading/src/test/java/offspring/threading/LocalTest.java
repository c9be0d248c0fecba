package offspring.threading;

import static offspring.testkit.Deadlines.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.Event;
import offspring.core.Thread;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

class LocalTest {

    /** Makes its values itself, as a subclass of Python's local does in {@code __init__}. */
    private static final class Numbered extends Local<Integer> {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        protected Integer initialValue() {
            java.lang.Thread.yield();
            return made.incrementAndGet();
        }
    }

    @Test
    @FromCPython("test_threading_local.BaseLocalTest.test_local_refs")
    void shouldFreeItsValuesWhenTheirThreadsEnd() throws Exception {
        var local = new Local<Object>();
        for (int count : new int[] {20, 50, 100}) {
            List<WeakReference<Object>> watched = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var thread = new Thread(() -> {
                    var value = new Object();
                    local.set(value);
                    watched.add(new WeakReference<>(value));
                });
                thread.start();
                thread.join();
            }
            assertThat(watched).hasSize(count);
            eventually("all values are collected", () -> {
                System.gc();
                return watched.stream().allMatch(value -> value.get() == null);
            });
        }
        assertThat(local.get()).isNull();
    }

    @Test
    @FromCPython("test_threading_local.BaseLocalTest.test_derived")
    void shouldSetTheRightValueWhenThreadsSwitchInsideTheInitializer() {
        var local = new Numbered();
        Crew.start(10, (Integer index) -> {
                    if (index % 2 == 0) {
                        assertThat(local.get()).isBetween(1, 10);
                    }
                    local.set(1_000 + index);
                    java.lang.Thread.yield();
                    assertThat(local.get()).isEqualTo(1_000 + index);
                })
                .join();
        assertThat(local.made).hasValue(5);
    }

    @Test
    @FromCPython("test_threading_local.BaseLocalTest.test_threading_local")
    void shouldHideAValueFromOtherThreads() throws Exception {
        shouldHideAValueFromOtherThreads(new Local<String>(), null);
        shouldHideAValueFromOtherThreads(new Local<>(() -> "initial"), "initial");
    }

    @Test
    @FromCPython("test_threading_local.BaseLocalTest.test_threading_local_subclass")
    void shouldHideAValueFromOtherThreadsInASubclass() throws Exception {
        shouldHideAValueFromOtherThreads(new Local<String>() {}, null);
    }

    private static void shouldHideAValueFromOtherThreads(Local<String> local, String initial) throws Exception {
        var isSet = new Event();
        var end = new Event();
        var first = new Thread(() -> {
            local.set("foo");
            isSet.set();
            end.await();
        });
        first.start();
        isSet.await();
        var seen = new AtomicReference<String>("nothing yet");
        var second = new Thread(() -> seen.set(local.get()));
        second.start();
        second.join();
        end.set();
        first.join();

        assertThat(seen.get()).isEqualTo(initial);
        assertThat(local.get()).isEqualTo(initial);
        local.remove();
    }

    @Test
    void shouldMakeTheInitialValueOncePerThread() {
        var made = new AtomicInteger();
        var local = new Local<List<Integer>>(() -> {
            made.incrementAndGet();
            return new ArrayList<>();
        });
        Crew.start(4, (Integer index) -> {
                    local.get().add(index);
                    local.get().add(index);
                    assertThat(local.get()).containsExactly(index, index);
                })
                .join();
        assertThat(made).hasValue(4);
    }

    @Test
    void shouldBeginAnewWhenRemoved() {
        var local = new Numbered();
        assertThat(local.get()).isEqualTo(1);
        local.set(77);
        assertThat(local.get()).isEqualTo(77);

        local.remove();

        assertThat(local.get()).isEqualTo(2);
        local.remove();
    }

    @Test
    void shouldKeepANullThatWasSet() {
        var local = new Local<String>(() -> "initial");

        local.set(null);

        assertThat(local.get()).isNull();
        local.remove();
    }

    @Test
    void shouldThrowWhatTheInitializerThrowsAndTryAgain() {
        var attempts = new AtomicInteger();
        var local = new Local<String>(() -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IOException("not yet");
            }
            return "made";
        });
        assertThatThrownBy(local::get).isExactlyInstanceOf(IOException.class).hasMessage("not yet");
        assertThat(local.get()).isEqualTo("made");
        local.remove();
    }

    @Test
    void shouldRefuseNoSupplier() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Local<String>(null))
                .withMessageContaining("initial");
    }
}
