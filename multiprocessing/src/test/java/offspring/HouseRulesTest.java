package offspring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import planted.Planted;

/**
 * Holds the code to the rules of the house, and the rules to the planted faults: each rule must pass on what we publish
 * and fail on the class that was written to break it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HouseRulesTest {

    private static final Pattern SYNCHRONIZED_BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");

    private final HouseRules house = new HouseRules("offspring");
    private final HouseRules trap = new HouseRules("planted");
    private final Path root = Path.of("").toAbsolutePath().getParent();
    private JavaClasses published;
    private JavaClasses planted;

    @BeforeAll
    void read() {
        published = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar")) // as a packaged module has them
                .importPackages(house.published());
        planted = new ClassFileImporter().importPackages("planted");
        assertThat(published).as("the classes that we publish").isNotEmpty();
    }

    @Test
    void shouldLetModulesUseOnlyModulesBelow() {
        holds(house.moduleArrows());
        breaks(trap.moduleArrows().get(0), "planted.core.UsesQueue");
        breaks(trap.moduleArrows().get(1), "planted.queue.UsesFutures");
        breaks(trap.moduleArrows().get(2), "planted.threading.UsesProcesses");
    }

    @Test
    void shouldLetRoomsUseOnlyLowerFloors() {
        holds(house.floors());
        for (int i = 0; i < HouseRules.FLOORS.size() - 1; i++) {
            breaks(trap.floors().get(i), "planted.multiprocessing.internal." + HouseRules.FLOORS.get(i) + ".Climbs");
        }
    }

    @Test
    void shouldKeepTheRoofUnknownToTheRooms() {
        holds(house.internalsDoNotKnowTheRoof());
        breaks(trap.internalsDoNotKnowTheRoof(), "planted.multiprocessing.internal.pool.KnowsTheRoof");
    }

    @Test
    void shouldGiveEveryRoomAFloor() {
        holds(house.everyRoomHasAFloor());
        breaks(trap.everyRoomHasAFloor(), "planted.multiprocessing.internal.shed.HasNoFloor");
    }

    @Test
    void shouldNotWaitOnMonitors() {
        holds(house.nobodyWaitsOnMonitors());
        breaks(trap.nobodyWaitsOnMonitors(), "planted.core.WaitsOnAMonitor");
    }

    @Test
    void shouldNotSynchronizeMethods() {
        holds(house.noSynchronizedMethods());
        breaks(trap.noSynchronizedMethods(), "planted.core.SynchronizesAMethod");
    }

    @Test
    void shouldNotSynchronizeBlocks() throws IOException {
        for (String module : List.of("core", "queue", "threading", "multiprocessing")) {
            assertThat(synchronizedBlocksBelow(root.resolve(module).resolve("src/main/java")))
                    .as("synchronized blocks in " + module)
                    .isEmpty();
        }
        assertThat(synchronizedBlocksBelow(root.resolve("multiprocessing/src/test/java/planted/core")))
                .singleElement()
                .asString()
                .contains("WaitsOnAMonitor");
    }

    @Test
    void shouldLogThroughSlf4jOnly() {
        holds(house.noJavaUtilLogging());
        breaks(trap.noJavaUtilLogging(), "planted.core.LogsToTheJdk");
        holds(house.loggersFromOnePlace());
        breaks(trap.loggersFromOnePlace(), "planted.core.LooksForALogger");
    }

    @Test
    void shouldNotPrint() {
        holds(house.noStandardOutput());
        holds(house.standardErrorOnlyInNamedPlaces());
        breaks(trap.noStandardOutput(), "planted.core.Prints");
        breaks(trap.standardErrorOnlyInNamedPlaces(), "planted.core.Prints");
    }

    @Test
    void shouldDependOnNothingUnexpected() {
        holds(house.noUnexpectedDependency());
        breaks(trap.noUnexpectedDependency().get(0), "planted.core.UsesALibrary");
        breaks(trap.noUnexpectedDependency().get(1), "planted.futures.ConsoleBar");
    }

    @Test
    void shouldNotSleepInTests() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/planted/"))
                .importPaths(
                        Stream.of("testkit", "threading", "multiprocessing", "examples", "integration", "benchmarks")
                                .map(module -> root.resolve(module).resolve("target/test-classes"))
                                .filter(Files::isDirectory)
                                .toList());
        assertThat(house.noTestSleeps().evaluate(tests).getFailureReport().getDetails())
                .isEmpty();
        breaks(trap.noTestSleeps(), "planted.Planted");
    }

    private void holds(List<ArchRule> rules) {
        rules.forEach(this::holds);
    }

    private void holds(ArchRule rule) {
        assertThat(rule.evaluate(published).getFailureReport().getDetails())
                .as(rule.getDescription())
                .isEmpty();
    }

    /** The rule fails, and names the class that was planted for it. */
    private void breaks(ArchRule rule, String culprit) {
        assertThat(rule.evaluate(planted).getFailureReport().getDetails())
                .as("%s, of which %s has planted faults", rule.getDescription(), Planted.class)
                .anyMatch(line -> line.contains(culprit));
    }

    private static List<String> synchronizedBlocksBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(HouseRulesTest::linesOf)
                    .filter(line -> SYNCHRONIZED_BLOCK.matcher(line).find())
                    .toList();
        }
    }

    /** The lines of a source file without comments, each with the name of the file before it. */
    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.strip().matches("(\\*|//|/\\*).*"))
                    .map(line -> file.getFileName() + ": " + line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
