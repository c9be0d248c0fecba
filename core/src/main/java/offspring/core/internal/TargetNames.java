package offspring.core.internal;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The name of a function, where it has one: Python's {@code __name__}, which goes into the names of threads.
 *
 * <p>Java keeps the name of a method reference only in its serialized form, so a target, which is serializable, is asked
 * for that. The answer belongs to the place in the source where the lambda stands, that is to its class, and is kept there.
 */
public final class TargetNames {

    private static final String LAMBDA = "<lambda>";
    private static final String NONE = "";

    private static final ClassValue<String[]> KNOWN = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            return new String[1];
        }
    };

    private TargetNames() {}

    /**
     * The name of the method that a method reference refers to (of the class, for a constructor), {@code <lambda>} for a
     * lambda, and null for an object of a named class or where the module of the lambda is closed to reflection.
     */
    public static @Nullable String of(Object function) {
        Class<?> type = function.getClass();
        if (!type.isHidden() || !type.isSynthetic()) {
            return null;
        }
        String[] known = KNOWN.get(type);
        String name = known[0];
        if (name == null) {
            name = find(type, function);
            known[0] = name;
        }
        return name.isEmpty() ? null : name;
    }

    private static String find(Class<?> type, Object function) {
        try {
            Method writeReplace = type.getDeclaredMethod("writeReplace");
            if (!writeReplace.trySetAccessible()
                    || !(writeReplace.invoke(function) instanceof SerializedLambda lambda)) {
                return NONE;
            }
            return name(lambda);
        } catch (ReflectiveOperationException notSerializable) {
            return NONE;
        }
    }

    /** Compilers call the body of a lambda {@code lambda$main$0} (javac, Kotlin) or {@code $anonfun$main$1} (Scala). */
    private static String name(SerializedLambda lambda) {
        String method = lambda.getImplMethodName();
        if (method.equals("<init>")) {
            String owner = lambda.getImplClass();
            return owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1);
        }
        return method.contains("lambda$") || method.contains("$anonfun$") ? LAMBDA : method;
    }
}
