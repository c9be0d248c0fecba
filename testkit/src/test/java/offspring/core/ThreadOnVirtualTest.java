package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.internal.VirtualThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ThreadOnVirtualTest {

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void shouldSayWhatItNeedsWhenTheJvmHasNoVirtualThreads() {
        assertThatThrownBy(() -> Thread.builder().virtual(true).build())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Java 21 or newer")
                .hasMessageContaining(Runtime.version().toString());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRunOnAVirtualThread() throws Exception {
        List<java.lang.Thread> ran = new ArrayList<>();
        var thread = Thread.builder()
                .virtual(true)
                .name("light")
                .target(() -> ran.add(java.lang.Thread.currentThread()))
                .build();
        assertThat(thread.isVirtual()).isTrue();
        assertThat(thread.daemon()).isTrue();

        thread.start();
        thread.join();

        assertThat(ran).containsExactly(thread.toJavaThread());
        assertThat(VirtualThreads.isVirtual(ran.get(0))).isTrue();
        assertThat(ran.get(0).getName()).isEqualTo("light");
        assertThat(thread.nativeId()).isEmpty();
        assertThat(thread).asString().matches("<Thread\\(light, stopped daemon \\d+\\)>");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRefuseWhatAVirtualThreadCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Thread.builder().virtual(true).daemon(false).build())
                .withMessageContaining("daemon=false");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Thread.builder().virtual(true).stackSizeBytes(65_536).build())
                .withMessageContaining("stackSizeBytes=65536");
        var thread = Thread.builder().virtual(true).build();
        assertThatIllegalArgumentException().isThrownBy(() -> thread.setDaemon(false));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRunTenThousandAtATime() throws Exception {
        int count = 10_000;
        var arrived = new AtomicInteger();
        var all = new Event();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.builder()
                    .virtual(true)
                    .target(() -> {
                        if (arrived.incrementAndGet() == count) {
                            all.set();
                        }
                        all.await();
                    })
                    .build());
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(arrived).hasValue(count);
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldLetAVirtualThreadJoinPlatformThreads() throws Exception {
        var end = new Event();
        var joined = new AtomicInteger();
        var platform = new Thread(end::await);
        platform.start();
        List<Thread> joiners = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            joiners.add(Thread.builder()
                    .virtual(true)
                    .target(() -> {
                        platform.join();
                        joined.incrementAndGet();
                    })
                    .build());
        }
        joiners.forEach(Thread::start);
        end.set();
        for (Thread joiner : joiners) {
            joiner.join();
        }
        assertThat(joined).hasValue(100);
        platform.join();
    }
}
