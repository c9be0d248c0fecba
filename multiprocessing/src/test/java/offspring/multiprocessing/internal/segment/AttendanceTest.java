package offspring.multiprocessing.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written without mapping the table is what those see who have it mapped. */
class AttendanceTest {

    private static final int STATUS_OF_SIGTERM = 143;

    @TempDir
    Path folder;

    private Path file;
    private ProcessTable table;
    private long child;
    private long neighbour;

    @BeforeEach
    void takeSlots() throws IOException {
        assumeThat(Attendance.isPossible()).isTrue();
        file = folder.resolve("processes");
        table = ProcessTable.create(file);
        table.take(0);
        child = table.take(0);
        neighbour = table.take(0);
    }

    @Test
    void shouldBeSeenRunningWhenItSaysSo() throws IOException {
        assertThat(table.isRunning(child)).isFalse();

        Attendance.open(file, child).setState(ProcessTable.RUNNING);

        assertThat(table.isRunning(child)).isTrue();
        assertThat(table.isAlive(child)).isTrue();
        assertThat(table.isRunning(neighbour)).isFalse();
    }

    @Test
    void shouldKeepTheGenerationWhenTheSlotWasUsedOften() throws IOException {
        long last = child;
        while (ProcessTable.generationOf(last) < 300) {
            table.free(last);
            last = table.take(0);
        }

        Attendance.open(file, last).setState(ProcessTable.RUNNING);

        assertThat(table.isRunning(last)).isTrue();
    }

    @Test
    void shouldTellCodesAndSignalsApartWhenItReportsItsEnd() throws IOException {
        assertThat(table.exitCode(child, STATUS_OF_SIGTERM)).isEqualTo(-15);

        Attendance attendance = Attendance.open(file, child);
        attendance.report(ProcessTable.report(0));
        assertThat(table.exitCode(child, STATUS_OF_SIGTERM)).isEqualTo(STATUS_OF_SIGTERM);

        attendance.report(ProcessTable.report(2));
        assertThat(table.exitCode(child, 1)).isEqualTo(-2);
        assertThat(table.exitCode(neighbour, STATUS_OF_SIGTERM)).isEqualTo(-15);
    }
}
