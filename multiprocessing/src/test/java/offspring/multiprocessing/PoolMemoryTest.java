package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How large the heaps of workers may become when nobody says it, asked of real workers of a program with limits. */
@Timeout(120)
class PoolMemoryTest {

    private static final long MEGABYTE = 1L << 20;

    /** Prints the largest heap of this JVM and of a worker of several pools, and the processors that each sees. */
    static final class TellsHeaps {

        public static void main(String[] args) throws Exception {
            print("own", TellsHeaps.limits());
            print("one of 6", worker(ProcessPool.builder().maxWorkers(6)));
            print("one of 2", worker(ProcessPool.builder().maxWorkers(2)));
            print("of its own", worker(ProcessPool.builder().maxWorkers(6).maxHeap("100m")));
            ProcessOptions part =
                    ProcessOptions.builder().jvmArgs("-XX:MaxRAMPercentage=10").build();
            print("a part", worker(ProcessPool.builder().maxWorkers(6).options(part)));
        }

        private static long[] limits() {
            return new long[] {
                Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors()
            };
        }

        private static long[] worker(ProcessPool.Builder builder) throws InterruptedException {
            try (ProcessPool pool = builder.startAhead(false).build()) {
                return pool.apply(TellsHeaps::limits);
            }
        }

        private static void print(String who, long[] limits) {
            System.out.println(who + ": " + limits[0] / MEGABYTE + " " + limits[1]);
        }
    }

    private static long[] heaps(String... limits) throws Exception {
        try (Program program = Program.start(TellsHeaps.class, limits)) {
            assertThat(program.join()).as(program.err()).isZero();
            List<Long> heaps = new ArrayList<>();
            for (String who : List.of("own: ", "one of 6: ", "one of 2: ", "of its own: ", "a part: ")) {
                String[] words = program.await(who).split(" ");
                assertThat(words[1]).as("processors").isEqualTo("3");
                heaps.add(Long.parseLong(words[0]));
            }
            return heaps.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /** A largest heap is a little less than what a JVM is told: a part of it is never in use together with the rest. */
    private static void assertAbout(long megabytes, long heap) {
        assertThat(heap).isBetween(megabytes * 9 / 10 - 8, megabytes);
    }

    @Test
    void shouldFitIntoTheMemoryTogetherWithTheirParent() throws Exception {
        long[] heaps = heaps("-XX:MaxRAM=2g", "-XX:ActiveProcessorCount=3");

        assertAbout(512, heaps[0]);
        assertThat(heaps[1]).isGreaterThan(150);
        assertThat(heaps[0] + 6 * heaps[1]).isLessThan(2048);
        assertAbout(512, heaps[2]);
        assertAbout(100, heaps[3]);
        assertAbout(204, heaps[4]);
    }

    @Test
    void shouldFitBesideAParentThatTakesMost() throws Exception {
        long[] heaps = heaps("-XX:MaxRAM=2g", "-Xmx1500m", "-XX:ActiveProcessorCount=3");

        assertAbout(1500, heaps[0]);
        assertAbout(64, heaps[1]); // and a warning
        assertThat(heaps[2]).isBetween(120L, 175L); // half of seven eighths without the parent
        assertAbout(100, heaps[3]);
        assertAbout(204, heaps[4]);
    }
}
