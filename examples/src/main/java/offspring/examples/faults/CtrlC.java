package offspring.examples.faults;

import java.lang.reflect.Proxy;

/**
 * What happens at Ctrl-C. A shutdown hook is too late for work in child processes, for the library ends them as the JVM shuts down; a
 * handler of the signal comes before that. The JDK's is found by name, since the compiler warns of it.
 */
final class CtrlC implements AutoCloseable {

    private final Object usual;

    private CtrlC(Object usual) {
        this.usual = usual;
    }

    /** Has something done at Ctrl-C, in place of the end of the JVM, until this is closed. */
    static CtrlC handledBy(Runnable action) throws ReflectiveOperationException {
        Class<?> type = handlerType();
        return new CtrlC(set(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "handle" -> action.run();
                        case "equals" -> {
                            return self == arguments[0];
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(self);
                        }
                        default -> {
                            return "handler of Ctrl-C";
                        }
                    }
                    return null;
                })));
    }

    /** Lets this JVM ignore it: a terminal sends it to the whole family, but workers have a parent who says when to end. */
    static void ignore() throws ReflectiveOperationException {
        set(handlerType().getField("SIG_IGN").get(null));
    }

    /** From here on it does again what it did before. */
    @Override
    public void close() throws ReflectiveOperationException {
        set(usual);
    }

    private static Class<?> handlerType() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }

    private static Object set(Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Object interrupt = type.getConstructor(String.class).newInstance("INT");
        return type.getMethod("handle", type, handlerType()).invoke(null, interrupt, handler);
    }
}
