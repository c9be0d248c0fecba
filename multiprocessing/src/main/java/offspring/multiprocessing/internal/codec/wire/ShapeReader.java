package offspring.multiprocessing.internal.codec.wire;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ShapeWriter} wrote: constants by name, records by their canonical constructor, lambdas. */
final class ShapeReader {

    private final LeafReader values;
    private final Gate gate;
    private final List<Class<?>> named = new ArrayList<>();
    private final List<Object> arrived = new ArrayList<>();

    ShapeReader(LeafReader values, Gate gate) {
        this.values = values;
        this.gate = gate;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    Object constant() throws IOException {
        Class<?> type = reference();
        String name = values.text();
        if (!type.isEnum()) {
            throw values.corrupt(type.getName() + " is no enum");
        }
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException | LinkageError e) {
            throw invalid("no constant " + name + " of enum " + type.getName(), e);
        }
    }

    Object record(int depth) throws IOException {
        Class<?> type = reference();
        boolean sendable = type.isRecord() && Serializable.class.isAssignableFrom(type);
        Constructor<?> constructor = sendable ? Shape.of(type).constructor : null;
        int count = values.values(1);
        if (constructor == null || constructor.getParameterCount() != count) {
            throw values.corrupt(type.getName() + " is no record of " + count + " components that may be sent");
        }
        @Nullable Object[] components = values.objects(count, depth);
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException e) {
            throw invalid(
                    "the constructor of record " + type.getName() + " refused its components: " + e.getCause(), e);
        } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError e) {
            throw invalid("record " + type.getName() + " cannot be made of these components: " + e, e);
        }
    }

    /** An object in its {@link Form}. */
    Object shared(int depth) throws IOException {
        Class<?> type = reference();
        Form<?> form = Form.of(type);
        if (form == null) {
            throw values.corrupt(type.getName() + " has no form to travel in");
        }
        Object object = form.arrive(values.objects(values.values(1), depth));
        arrived.add(object);
        return object;
    }

    /** An object that has arrived before in this message. */
    Object again() throws IOException {
        int index = values.index(arrived.size());
        if (index == arrived.size()) {
            throw values.corrupt("shared object " + index + " of " + index);
        }
        return arrived.get(index);
    }

    Object lambda(int depth) throws IOException {
        gate.admit("java.lang.invoke.SerializedLambda");
        Class<?> capturing = gate.admit(values.text());
        String type = values.text();
        String method = values.text();
        String signature = values.text();
        int kind = values.u8();
        String implClass = values.text();
        String implMethod = values.text();
        String implSignature = values.text();
        String instantiated = values.text();
        @Nullable Object[] captured = values.objects(values.values(1), depth);
        SerializedLambda lambda = new SerializedLambda(
                capturing, type, method, signature, kind, implClass, implMethod, implSignature, instantiated, captured);
        Method remaker = Shape.remaker(capturing);
        if (remaker == null) {
            throw values.corrupt(capturing.getName() + " has no serializable lambdas");
        }
        try {
            Object made = remaker.invoke(null, lambda);
            if (made == null) {
                throw values.corrupt(capturing.getName() + " made no lambda");
            }
            return made;
        } catch (InvocationTargetException e) {
            throw invalid(
                    "lambda of " + capturing.getName() + " (" + implMethod + ") cannot be made again here: "
                            + e.getCause() + "; both processes must run the same class files",
                    e);
        } catch (IllegalAccessException | IllegalArgumentException | LinkageError e) {
            throw invalid("lambda of " + capturing.getName() + " cannot be made again here: " + e, e);
        }
    }

    private Class<?> reference() throws IOException {
        int index = values.index(named.size());
        if (index > 0) {
            return named.get(index - 1);
        }
        Class<?> type = gate.admit(values.text());
        named.add(type);
        return type;
    }

    private static InvalidObjectException invalid(String message, Throwable cause) {
        InvalidObjectException invalid = new InvalidObjectException(message);
        invalid.initCause(cause);
        return invalid;
    }
}
