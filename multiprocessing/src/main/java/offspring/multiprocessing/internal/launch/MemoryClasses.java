package offspring.multiprocessing.internal.launch;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.StackWalker.Option;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * Classes that are in no file, since a compiler at work has just made them: those of a program that was started as a source file ({@code
 * java Main.java}), and of JShell. They are copied into the session's directory, where children find them.
 *
 * <p>Such a loader gives away the bytes of a class, but does not tell which classes it has. So they are followed from the classes that are
 * at work on this thread to those that they name, which is what the compiler put into their constant pools.
 *
 * <p>Guarded by a lock: which classes are copied already. Nothing is ever written twice.
 */
final class MemoryClasses {

    private static final String COMPILER = "com.sun.tools.javac.launcher.";
    private static final String SHELL = "jdk.jshell.execution.";
    private static final String SUFFIX = ".class";

    private static final ReentrantLock COPYING = new ReentrantLock();
    private static final Set<String> COPIED = new HashSet<>();

    private MemoryClasses() {}

    /** Whether a loader has its classes in memory, and gives them away. */
    static boolean areIn(ClassLoader loader) {
        String name = loader.getClass().getName();
        return name.startsWith(COMPILER) || name.startsWith(SHELL);
    }

    /** The classes whose methods this thread is in, the innermost first. */
    static List<Class<?>> atWork() {
        List<Class<?>> types = new ArrayList<>();
        StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE).forEach(frame -> types.add(frame.getDeclaringClass()));
        return types;
    }

    /**
     * The directory with copies of a loader's classes: the given one, those at work on this thread, and all that they name.
     *
     * @throws IOException if they cannot be written
     */
    static Path copied(ClassLoader loader, Class<?> work) throws IOException {
        COPYING.lock();
        try {
            Path directory = Session.current().directory().resolve("classes");
            ArrayDeque<String> waiting = new ArrayDeque<>();
            waiting.add(nameOf(work));
            for (Class<?> type : atWork()) {
                if (type.getClassLoader() == loader) {
                    waiting.add(type.getName());
                }
            }
            while (!waiting.isEmpty()) {
                String name = waiting.remove();
                byte[] bytes = COPIED.contains(name) ? null : bytesOf(name, loader);
                if (bytes != null) {
                    Path file = directory.resolve(name.replace('.', '/') + SUFFIX);
                    Files.createDirectories(file.getParent());
                    Files.write(file, bytes);
                    waiting.addAll(namedIn(bytes));
                }
                COPIED.add(name);
            }
            return directory;
        } finally {
            COPYING.unlock();
        }
    }

    /** Of a lambda, which has no class file, the class that it was written in. */
    private static String nameOf(Class<?> work) {
        String name = work.getName();
        int lambda = work.isHidden() ? name.indexOf("$$Lambda") : -1;
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    /** What the loader has defined itself; null for a class of another one. */
    private static byte @Nullable [] bytesOf(String name, ClassLoader loader) throws IOException {
        try {
            if (Class.forName(name, false, loader).getClassLoader() != loader) {
                return null;
            }
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // named, but not there: neither would it be in the child
        }
        URL url = loader.getResource(name.replace('.', '/') + SUFFIX);
        if (url == null) {
            return null;
        }
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }

    // ---- the constant pool of a class file

    private static final int MAGIC_AND_VERSION = 8;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    /** A class in the type of a field or method. */
    private static final Pattern TYPE = Pattern.compile("L([^\\s;<>()\\[.:]+);");

    /**
     * The classes that a class names, as {@code a.b.C}, without arrays: those that it uses, and those in the types of fields and methods, which
     * must be there when somebody asks what members it has. A text that looks like a type counts as one; then there is no such class.
     */
    static Set<String> namedIn(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(MAGIC_AND_VERSION);
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        List<Integer> classes = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts.put(i, in.readUTF());
                case CLASS -> classes.add(in.readUnsignedShort());
                case STRING, METHOD_TYPE, MODULE, PACKAGE -> in.skipNBytes(2);
                case METHOD_HANDLE -> in.skipNBytes(3);
                case LONG, DOUBLE -> {
                    in.skipNBytes(8);
                    i++; // takes two places
                }
                default -> in.skipNBytes(4);
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (int index : classes) {
            String name = texts.get(index);
            if (name != null && !name.startsWith("[")) {
                names.add(name.replace('/', '.'));
            }
        }
        for (String text : texts.values()) {
            Matcher type = TYPE.matcher(text);
            while (type.find()) {
                names.add(type.group(1).replace('/', '.'));
            }
        }
        return names;
    }
}
