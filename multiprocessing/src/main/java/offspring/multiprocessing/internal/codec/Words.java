package offspring.multiprocessing.internal.codec;

import java.io.Closeable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** How messages speak of objects that cannot travel, and what they advise. */
final class Words {

    private static final int MAX_KEY = 40;

    private Words() {}

    /** What the object is, in words: its class, or where a lambda was written. */
    static String nameOf(Object object) {
        if (object instanceof SerializedLambda lambda) {
            return nameOf(lambda);
        }
        Class<?> type = object.getClass();
        int lambda = type.getName().indexOf("$$Lambda");
        if (lambda > 0) {
            Class<?>[] interfaces = type.getInterfaces();
            String as = interfaces.length == 0 ? "" : " as " + interfaces[0].getName();
            return "lambda in " + type.getName().substring(0, lambda) + as;
        }
        return type.getTypeName();
    }

    private static String nameOf(SerializedLambda lambda) {
        String owner = lambda.getImplClass().replace('/', '.');
        String method = lambda.getImplMethodName();
        if (!method.startsWith("lambda$")) {
            return "method reference " + owner + "::" + ("<init>".equals(method) ? "new" : method);
        }
        int end = method.indexOf('$', 7);
        String in = end < 0 ? method.substring(7) : method.substring(7, end);
        if ("new".equals(in)) {
            return "lambda in a constructor or field of " + owner;
        }
        return "static".equals(in) ? "lambda in a static field of " + owner : "lambda in " + owner + "." + in;
    }

    /** Whether the first captured argument is the {@code this} of the lambda's body, or the object of a reference. */
    static boolean bindsReceiver(SerializedLambda lambda) {
        int kind = lambda.getImplMethodKind();
        return lambda.getCapturedArgCount() > 0
                && kind != MethodHandleInfo.REF_invokeStatic
                && kind != MethodHandleInfo.REF_newInvokeSpecial;
    }

    /** A key as it may stand in a message. */
    static String shortText(@Nullable Object key) {
        if (!(key instanceof String || key instanceof Number || key instanceof Enum || key instanceof Character)) {
            return key == null ? "null" : "of " + key.getClass().getTypeName();
        }
        String text = String.valueOf(key);
        String cut = text.length() > MAX_KEY ? text.substring(0, MAX_KEY) + "…" : text;
        return key instanceof String ? '"' + cut + '"' : cut;
    }

    /** What to do about an object that is not serializable, reached by that last step. */
    static String advice(Object culprit, String lastStep) {
        Class<?> type = culprit.getClass();
        if (type.getName().contains("$$Lambda")) {
            return "declare it as one of the interfaces in offspring.core.function (CheckedRunnable, CheckedFunction, …),"
                    + " or cast it: (Runnable & Serializable) () -> …";
        }
        if (lastStep.startsWith("captured this") || lastStep.contains(".this$")) {
            return "the code uses its enclosing instance: copy what it needs into local variables, make it a static"
                    + " method or a static nested class, or let " + type.getName() + " implement java.io.Serializable";
        }
        if (culprit instanceof Optional) {
            return "send what it holds: optional.orElse(null)";
        }
        if (type.getClassLoader() == null && culprit instanceof Collection) {
            return "it is a view of another collection: send a copy, as new ArrayList<>(view)";
        }
        if (type.getClassLoader() == null && culprit instanceof Map) {
            return "it is a view of another map: send a copy, as new HashMap<>(view)";
        }
        if (culprit instanceof Thread
                || culprit instanceof Closeable
                || culprit instanceof BaseStream
                || culprit instanceof Executor
                || culprit instanceof Future) {
            return "it belongs to this process: make the field transient, or open one in the other process";
        }
        if (type.getClassLoader() == null) {
            return "make the field transient, or create the object in the other process";
        }
        return "let it implement java.io.Serializable, make the field transient, or send what it is made from";
    }
}
