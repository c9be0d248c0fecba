package offspring.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools behind docs/conformance.md: each fault that they promise to find is planted here. */
class ConformanceToolsTest {

    private final Catalogue small = Catalogue.parse(
            List.of(
                    "lock_tests.LockTests.test_a\tyes\t",
                    "lock_tests.LockTests.test_b\tyes\t",
                    "lock_tests.LockTests.test_c\tno\ta JVM cannot",
                    "_test_multiprocessing._TestLock.test_a\tyes\t"),
            List.of("lock_tests\tnot yet", "lock_tests.LockTests.test_b\tspecial", "_test_multi\tplanned"));
    private final Coverage coverage = new Coverage(small);

    @Test
    void shouldAgreeWithTheCountsOfCPythonsFiles() {
        Map<String, Long> perFile = Catalogue.load().cases().stream()
                .collect(Collectors.groupingBy(CPythonCase::file, Collectors.counting()));
        assertThat(Catalogue.load().cases()).hasSize(617);
        assertThat(Catalogue.load().cases()).filteredOn(CPythonCase::sensible).hasSize(441);
        assertThat(perFile)
                .containsEntry("lock_tests", 65L)
                .containsEntry("test_queue", 34L)
                .containsEntry("test_threading", 97L)
                .containsEntry("test_threading_local", 11L)
                .containsEntry("_test_multiprocessing", 263L);
    }

    @Test
    void shouldHaveAReasonForEachSensibleCase() {
        Catalogue all = Catalogue.load();
        assertThat(all.cases())
                .filteredOn(CPythonCase::sensible)
                .allSatisfy(one -> assertThat(all.planFor(one)).isNotBlank());
    }

    @Test
    void shouldRefuseARowOfAnotherForm() {
        assertThatThrownBy(() -> Catalogue.parse(List.of("lock_tests.LockTests\tyes\t"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lock_tests.LockTests");
        assertThatThrownBy(() -> Catalogue.parse(List.of("a.B.c\tno\t"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Catalogue.parse(List.of("a.B.c\tyes\t", "a.B.c\tyes\t"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Catalogue.parse(List.of(), List.of("a.B")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPreferTheLongestPlannedBeginning() {
        assertThat(small.planFor(caseOf("lock_tests.LockTests.test_a"))).isEqualTo("not yet");
        assertThat(small.planFor(caseOf("lock_tests.LockTests.test_b"))).isEqualTo("special");
        Catalogue planless = Catalogue.parse(List.of("a.B.c\tyes\t"), List.of());
        assertThatThrownBy(() -> planless.planFor(planless.find("a.B.c").orElseThrow()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a.B.c");
    }

    @Test
    void shouldCountInheritedAndNestedTestsOfAConcreteClass() {
        coverage.add("testkit", Contract.class);
        assertThat(coverage.covers(caseOf("lock_tests.LockTests.test_a"))).isFalse();
        coverage.add("testkit", RunsContractTest.class);
        assertThat(coverage.covers(caseOf("lock_tests.LockTests.test_a"))).isTrue();
        assertThat(coverage.covers(caseOf("lock_tests.LockTests.test_b"))).isTrue();
        assertThat(coverage.faults()).isEmpty();
    }

    @Test
    void shouldCountACaseBetweenProcessesOnlyWhereProcessesRun() {
        coverage.add("testkit", RunsContractTest.class);
        assertThat(coverage.covers(caseOf("_test_multiprocessing._TestLock.test_a")))
                .isFalse();
        coverage.add("multiprocessing", RunsContractTest.class);
        assertThat(coverage.covers(caseOf("_test_multiprocessing._TestLock.test_a")))
                .isTrue();
    }

    @Test
    void shouldNotCountWhatDoesNotRun() {
        coverage.add("testkit", OverridesTest.class);
        coverage.add("testkit", DisabledMethodTest.class);
        coverage.add("testkit", DisabledClassTest.class);
        assertThat(coverage.covers(caseOf("lock_tests.LockTests.test_a"))).isFalse();
    }

    @Test
    void shouldReportAnUnknownCase() {
        coverage.add("testkit", TypoTest.class);
        assertThat(coverage.faults())
                .singleElement()
                .asString()
                .contains("TypoTest.shouldMisspell")
                .contains("test_aa");
    }

    @Test
    void shouldReportANonTestAndAClassThatNeverRuns() {
        coverage.add("testkit", HelperTest.class);
        coverage.add("testkit", Oddly.class);
        assertThat(coverage.faults()).hasSize(2);
        assertThat(coverage.faults().get(0)).contains("is no test");
        assertThat(coverage.faults().get(1)).contains("never runs");
    }

    @Test
    void shouldNameButNotCountASenselessCaseThatIsCheckedInAWayOfOurs() {
        coverage.add("testkit", SenselessTest.class);
        ConformancePage page = new ConformancePage(small, coverage);
        assertThat(page.covered()).isZero();
        assertThat(page.text()).contains("- Not sensible, but checked in a way of ours, a JVM cannot: `test_c`");
    }

    @Test
    void shouldWriteAPageThatNamesWhatIsMissingAndWhy() {
        coverage.add("testkit", AloneTest.class);
        String page = new ConformancePage(small, coverage).text();
        assertThat(page)
                .contains("**1 of 3 sensible cases are covered.**")
                .contains("| `lock_tests` | 3 | 2 | 1 |")
                .contains("### lock_tests.LockTests: 1 of 2")
                .contains("- Not covered, special: `test_b`")
                .contains("- Not sensible, a JVM cannot: `test_c`")
                .contains("- Not covered, planned: `test_a`");
        assertThat(ConformancePage.coveredIn(page)).hasValue(1);
        assertThat(ConformancePage.coveredIn("something else")).isEmpty();
    }

    @Test
    void shouldDemandThatThePageInTheTreeIsUpToDate(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("conformance.md");
        ConformancePage empty = new ConformancePage(small, coverage);
        assertThatThrownBy(() -> empty.reconcile(file, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("out of date")
                .hasMessageContaining("offspring.conformance=write");
        empty.reconcile(file, true);
        empty.reconcile(file, false);
        coverage.add("testkit", AloneTest.class);
        assertThatThrownBy(() -> new ConformancePage(small, coverage).reconcile(file, false))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNeverLowerTheNumber(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("conformance.md");
        coverage.add("testkit", AloneTest.class);
        new ConformancePage(small, coverage).reconcile(file, true);
        String before = Files.readString(file);
        ConformancePage fewer = new ConformancePage(small, new Coverage(small));
        assertThatThrownBy(() -> fewer.reconcile(file, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only goes up");
        assertThat(file).hasContent(before);
    }

    private CPythonCase caseOf(String name) {
        return small.find(name).orElseThrow();
    }

    abstract static class Contract {
        @Test
        @FromCPython({"lock_tests.LockTests.test_a", "_test_multiprocessing._TestLock.test_a"})
        void shouldCoverA() {}

        @Nested
        class Inside {
            @Test
            @FromCPython("lock_tests.LockTests.test_b")
            void shouldCoverB() {}
        }
    }

    static class RunsContractTest extends Contract {}

    static class OverridesTest extends Contract {
        @Override
        void shouldCoverA() {}
    }

    static class DisabledMethodTest {
        @Test
        @Disabled("on purpose")
        @FromCPython("lock_tests.LockTests.test_a")
        void shouldCoverA() {}
    }

    @Disabled("on purpose")
    static class DisabledClassTest extends Contract {}

    static class AloneTest {
        @Test
        @FromCPython("lock_tests.LockTests.test_a")
        void shouldCoverA() {}
    }

    static class TypoTest {
        @Test
        @FromCPython("lock_tests.LockTests.test_aa")
        void shouldMisspell() {}
    }

    static class SenselessTest {
        @Test
        @FromCPython("lock_tests.LockTests.test_c")
        void shouldCheckItInAWayOfOurs() {}
    }

    static class HelperTest {
        @FromCPython("lock_tests.LockTests.test_a")
        void helps() {}
    }

    static class Oddly {
        @Test
        @FromCPython("lock_tests.LockTests.test_a")
        void shouldNeverRun() {}
    }
}
