package offspring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The rules of the house that class files can show. They are written over a root package, so that the same rules can be
 * pointed at planted faults: a rule that cannot fail is worth nothing.
 */
final class HouseRules {

    /** The modules, each with its packages; a module may use those before it. */
    private static final Map<String, List<String>> MODULES = modules();

    /** THE list of floors under the roof of multiprocessing, lowest first; a room may use those before it. */
    static final List<String> FLOORS =
            List.of("segment", "parking", "sync", "codec", "ring", "queues", "launch", "pool");

    /** The few classes, below the root, that may write to standard error, because what they say belongs nowhere else. */
    private static final Set<String> MAY_PRINT_ERRORS = Set.of(
            "core.internal.ExceptHook",
            "multiprocessing.internal.launch.ChildMain",
            "multiprocessing.internal.launch.diagnosis.CaseFile",
            "futures.ConsoleProgress",
            "multiprocessing.ProcessLog");

    /** The one class, below the root, that may use an optional dependency, and the package of that. */
    private static final Map<String, String> OPTIONAL = new TreeMap<>(Map.of(
            "futures.ConsoleBar",
            "me.tongfei.progressbar",
            "multiprocessing.internal.pool.worker.Gauge",
            "com.sun.management",
            "multiprocessing.internal.launch.options.HeapShare",
            "com.sun.management"));

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    private static Map<String, List<String>> modules() {
        Map<String, List<String>> modules = new LinkedHashMap<>();
        modules.put("core", List.of("core"));
        modules.put("queue", List.of("queue"));
        modules.put("threading", List.of("threading", "futures"));
        modules.put("multiprocessing", List.of("multiprocessing"));
        return modules;
    }

    /** Packages of all published modules, without the trees below them. */
    List<String> published() {
        return MODULES.values().stream()
                .flatMap(List::stream)
                .map(name -> root + "." + name)
                .toList();
    }

    /** Arrows between modules point downwards: core, queue, threading, multiprocessing. */
    List<ArchRule> moduleArrows() {
        List<String> names = List.copyOf(MODULES.keySet());
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < names.size() - 1; i++) {
            List<String> above = names.subList(i + 1, names.size()).stream()
                    .flatMap(name -> MODULES.get(name).stream())
                    .toList();
            rules.add(noClasses()
                    .that()
                    .resideInAnyPackage(trees(MODULES.get(names.get(i)), ""))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(trees(above, ""))
                    .as(names.get(i) + " uses no module above it")
                    .allowEmptyShould(true));
        }
        return rules;
    }

    /** Arrows between the rooms of multiprocessing point downwards. */
    List<ArchRule> floors() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < FLOORS.size() - 1; i++) {
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(room(FLOORS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(trees(FLOORS.subList(i + 1, FLOORS.size()), "multiprocessing.internal."))
                    .as("floor " + i + ", " + FLOORS.get(i) + ", uses no floor above it")
                    .allowEmptyShould(true));
        }
        return rules;
    }

    /** No room under the roof knows the roof: internals speak records, the public classes translate. */
    ArchRule internalsDoNotKnowTheRoof() {
        return noClasses()
                .that()
                .resideInAPackage(internals())
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + ".multiprocessing..")
                        .and(not(resideInAnyPackage(internals())))
                        .as("belong to the roof of multiprocessing"))
                .allowEmptyShould(true);
    }

    /** Every internal room stands in the list of floors. */
    ArchRule everyRoomHasAFloor() {
        return classes()
                .that()
                .resideInAPackage(internals())
                .should()
                .resideInAnyPackage(trees(FLOORS, "multiprocessing.internal."))
                .allowEmptyShould(true);
    }

    /** Nothing waits on a Java monitor: it would pin virtual threads. */
    ArchRule nobodyWaitsOnMonitors() {
        return noPublished()
                .callMethodWhere(
                        calls("a monitor method of Object", Object.class, Set.of("wait", "notify", "notifyAll")))
                .allowEmptyShould(true);
    }

    /** No method holds a Java monitor for its whole length. */
    ArchRule noSynchronizedMethods() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(publishedTrees())
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .allowEmptyShould(true);
    }

    /** Logging goes through slf4j. */
    ArchRule noJavaUtilLogging() {
        return noPublished()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "sun.util.logging..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.System$Logger")
                .allowEmptyShould(true);
    }

    /** Loggers come from one place, which lets one thread look for slf4j's provider while the others wait. */
    ArchRule loggersFromOnePlace() {
        return noClasses()
                .that()
                .resideInAnyPackage(publishedTrees())
                .and()
                .haveNameNotMatching("offspring\\.core\\.internal\\.Logs(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.slf4j.LoggerFactory")
                .allowEmptyShould(true);
    }

    /** Standard output belongs to the user. */
    ArchRule noStandardOutput() {
        return noPublished().accessField(System.class, "out").allowEmptyShould(true);
    }

    /** Standard error is for what has no other way out. */
    ArchRule standardErrorOnlyInNamedPlaces() {
        return noClasses()
                .that()
                .resideInAnyPackage(publishedTrees())
                .and(not(isOneOf("may print errors", MAY_PRINT_ERRORS)))
                .should()
                .accessField(System.class, "err")
                .allowEmptyShould(true);
    }

    /** Nothing but the JDK, slf4j-api and jspecify; for few classes also the optional dependency that they are there for. */
    List<ArchRule> noUnexpectedDependency() {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(classes()
                .that()
                .resideInAnyPackage(publishedTrees())
                .and(not(isOneOf("use an optional dependency", OPTIONAL.keySet())))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(expected())
                .allowEmptyShould(true));
        OPTIONAL.forEach((name, library) -> {
            List<String> packages = new ArrayList<>(List.of(expected()));
            packages.add(library);
            rules.add(classes()
                    .that(isOneOf("are " + name, Set.of(name)))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(packages.toArray(String[]::new))
                    .allowEmptyShould(true));
        });
        return rules;
    }

    private String[] expected() {
        return new String[] {"", "java..", "javax..", "org.slf4j..", "org.jspecify..", root + ".."};
    }

    /** No test sleeps for luck; it waits for a state with a deadline. */
    ArchRule noTestSleeps() {
        return noClasses()
                .should()
                .callMethodWhere(calls("a sleep", Thread.class, Set.of("sleep")))
                .orShould()
                .callMethodWhere(calls("a sleep", TimeUnit.class, Set.of("sleep")))
                .allowEmptyShould(true);
    }

    private com.tngtech.archunit.lang.syntax.elements.ClassesShould noPublished() {
        return noClasses().that().resideInAnyPackage(publishedTrees()).should();
    }

    private static DescribedPredicate<JavaMethodCall> calls(String what, Class<?> owner, Set<String> names) {
        return DescribedPredicate.describe(
                "it is " + what,
                call -> names.contains(call.getTarget().getName())
                        && call.getTarget().getOwner().isAssignableTo(owner)
                        && (owner != Object.class || isMonitorMethod(call)));
    }

    /** Tells Object.wait() and wait(long) from the many methods of other classes that are called wait. */
    private static boolean isMonitorMethod(JavaMethodCall call) {
        return call.getTarget()
                .resolveMember()
                .map(method -> method.getOwner().isEquivalentTo(Object.class))
                .orElse(call.getTargetOwner().isEquivalentTo(Object.class));
    }

    /** Classes with these names below the root, and the classes in them. */
    private DescribedPredicate<JavaClass> isOneOf(String description, Set<String> names) {
        return DescribedPredicate.describe(
                description,
                type -> names.stream()
                        .map(name -> root + "." + name)
                        .anyMatch(name ->
                                type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }

    private String internals() {
        return root + ".multiprocessing.internal..";
    }

    private String room(String name) {
        return root + ".multiprocessing.internal." + name + "..";
    }

    private String[] publishedTrees() {
        return published().stream().map(name -> name + "..").toArray(String[]::new);
    }

    private String[] trees(List<String> names, String below) {
        return names.stream().map(name -> root + "." + below + name + "..").toArray(String[]::new);
    }
}
