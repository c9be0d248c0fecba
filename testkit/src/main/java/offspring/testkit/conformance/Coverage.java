package offspring.testkit.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Which cases of CPython our compiled tests cover. What counts is what runs: a method of a concrete test class, its own
 * or inherited from a contract, that JUnit takes for a test and that is not disabled. A case between processes counts
 * only where the test class belongs to the module of processes; run on threads, the same contract covers nothing of it.
 */
public final class Coverage {

    /** The module whose tests run between processes. */
    static final String PROCESS_MODULE = "multiprocessing";

    /** What the build takes for a test class by its name. */
    private static final Pattern RUN_BY_THE_BUILD = Pattern.compile("Test.*|.*Test|.*Tests|.*TestCase");

    private final Catalogue catalogue;
    private final Set<String> covered = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    /** Starts with nothing covered. */
    public Coverage(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Adds what the top-level classes of a folder of compiled tests cover.
     *
     * @param module the name of the module
     * @param testClasses its folder of compiled tests
     * @param loader finds these classes and what they need
     */
    public void addFolder(String module, Path testClasses, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(testClasses)) {
            for (Path file : files.sorted().toList()) {
                String name = testClasses
                        .relativize(file)
                        .toString()
                        .replace('/', '.')
                        .replace('\\', '.');
                if (name.endsWith(".class") && !name.contains("$") && !name.endsWith("-info.class")) {
                    add(module, load(name.substring(0, name.length() - ".class".length()), loader));
                }
            }
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("cannot load the test class " + name, e);
        }
    }

    /** Adds what one test class and its {@code @Nested} classes cover; an abstract one covers nothing. */
    public void add(String module, Class<?> testClass) {
        if (testClass.isInterface() || Modifier.isAbstract(testClass.getModifiers())) {
            return;
        }
        if (testClass.isAnnotationPresent(Disabled.class)) {
            return;
        }
        List<Class<?>> parts = partsOf(testClass);
        boolean runs = RUN_BY_THE_BUILD.matcher(testClass.getSimpleName()).matches();
        for (Class<?> part : parts) {
            for (Method method : methodsOf(part)) {
                if (method.isAnnotationPresent(FromCPython.class)) {
                    addMethod(module, part, method, runs || part.isAnnotationPresent(Nested.class));
                }
            }
        }
    }

    private void addMethod(String module, Class<?> testClass, Method method, boolean runs) {
        String where = testClass.getName() + "." + method.getName();
        if (!AnnotationSupport.isAnnotated(method, Testable.class)) {
            faults.add(where + " carries @FromCPython but is no test; move the annotation to a test");
        } else if (!runs) {
            faults.add(where + " carries @FromCPython but the build never runs its class; end its name with Test");
        } else if (!method.isAnnotationPresent(Disabled.class)) {
            for (String name : method.getAnnotation(FromCPython.class).value()) {
                addCase(module, where, name);
            }
        }
    }

    private void addCase(String module, String where, String name) {
        CPythonCase one = catalogue.find(name).orElse(null);
        if (one == null) {
            faults.add(where + " names <" + name + ">, which CPython's suite does not have; mend the name");
        } else if (!one.betweenProcesses() || module.equals(PROCESS_MODULE)) {
            covered.add(name);
        }
    }

    /** A class and all {@code @Nested} classes that run with it, those of its superclasses included. */
    private static List<Class<?>> partsOf(Class<?> testClass) {
        List<Class<?>> parts = new ArrayList<>(List.of(testClass));
        for (Class<?> type : hierarchyOf(testClass)) {
            Arrays.stream(type.getDeclaredClasses())
                    .filter(inner -> inner.isAnnotationPresent(Nested.class))
                    .filter(inner -> !inner.isAnnotationPresent(Disabled.class))
                    .forEach(inner -> parts.addAll(partsOf(inner)));
        }
        return parts;
    }

    /** The methods that a class has, its own before inherited ones, without those that were overridden. */
    private static List<Method> methodsOf(Class<?> testClass) {
        Set<String> signatures = new LinkedHashSet<>();
        List<Method> methods = new ArrayList<>();
        for (Class<?> type : hierarchyOf(testClass)) {
            for (Method method : type.getDeclaredMethods()) {
                boolean first = signatures.add(method.getName() + Arrays.toString(method.getParameterTypes()));
                if (first && !method.isSynthetic()) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    private static Set<Class<?>> hierarchyOf(Class<?> testClass) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = testClass; type != null && type != Object.class; type = type.getSuperclass()) {
            types.add(type);
        }
        for (Class<?> type : List.copyOf(types)) {
            addInterfaces(type, types);
        }
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> into) {
        for (Class<?> each : type.getInterfaces()) {
            if (into.add(each)) {
                addInterfaces(each, into);
            }
        }
    }

    /** Whether a test of ours covers the case. */
    public boolean covers(CPythonCase one) {
        return covered.contains(one.name());
    }

    /** What is wrong with annotations found so far: one sentence each, none if all is well. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
