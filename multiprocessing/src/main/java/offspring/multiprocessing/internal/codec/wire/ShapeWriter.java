package offspring.multiprocessing.internal.codec.wire;

import java.io.IOException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes enum constants, records, lambdas and shared objects, whose classes are named by {@link Tags a class reference}. */
final class ShapeWriter {

    private final LeafWriter values;
    private final Exit exit;
    private final List<Class<?>> named = new ArrayList<>();
    private final List<Object> departed = new ArrayList<>();

    ShapeWriter(LeafWriter values, Exit exit) {
        this.values = values;
        this.exit = exit;
    }

    /** Writes the object; false when its class must go by an object stream, or something in it must. */
    boolean write(Object object, Shape shape, Encoded out, int depth) {
        try {
            return switch (shape.kind) {
                case Shape.RECORD -> record(object, shape, out, depth);
                case Shape.LAMBDA -> lambda(object, shape, out, depth);
                default -> shared(object, shape.formOf, out, depth);
            };
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    void constant(Enum<?> constant, Encoded out) {
        out.u8(Tags.ENUM);
        reference(constant.getDeclaringClass(), out);
        values.string(constant.name(), out);
    }

    private boolean record(Object object, Shape shape, Encoded out, int depth) throws IllegalAccessException {
        out.u8(Tags.RECORD);
        reference(object.getClass(), out);
        out.varint(shape.fields.length);
        for (Field field : shape.fields) {
            if (!values.value(field.get(object), out, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean lambda(Object object, Shape shape, Encoded out, int depth)
            throws IllegalAccessException, InvocationTargetException {
        if (shape.writeReplace == null || !(shape.writeReplace.invoke(object) instanceof SerializedLambda lambda)) {
            return false;
        }
        out.u8(Tags.LAMBDA);
        values.string(lambda.getCapturingClass().replace('/', '.'), out);
        values.string(lambda.getFunctionalInterfaceClass(), out);
        values.string(lambda.getFunctionalInterfaceMethodName(), out);
        values.string(lambda.getFunctionalInterfaceMethodSignature(), out);
        out.u8(lambda.getImplMethodKind());
        values.string(lambda.getImplClass(), out);
        values.string(lambda.getImplMethodName(), out);
        values.string(lambda.getImplMethodSignature(), out);
        values.string(lambda.getInstantiatedMethodType(), out);
        out.varint(lambda.getCapturedArgCount());
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            if (!values.value(lambda.getCapturedArg(i), out, depth)) {
                return false;
            }
        }
        return true;
    }

    /** An object that cannot leave is left to the object stream, which comes upon it again and tells where it is. */
    private boolean shared(Object object, @Nullable Class<?> type, Encoded out, int depth) {
        Form<?> form = type == null ? null : Form.of(type);
        @Nullable Object[] parts;
        try {
            parts = form == null ? null : exit.parts(form, object);
        } catch (IOException | RuntimeException e) {
            return false;
        }
        if (type == null || parts == null) {
            return false;
        }
        out.u8(Tags.SHARED);
        reference(type, out);
        out.varint(parts.length);
        for (Object part : parts) {
            if (!values.value(part, out, depth)) {
                return false;
            }
        }
        departed.add(object);
        return true;
    }

    /** A shared object that was written before; false if it was not, or not to its end. */
    boolean again(Object object, Encoded out) {
        for (int i = 0; i < departed.size(); i++) {
            if (departed.get(i) == object) {
                out.u8(Tags.AGAIN);
                out.varint(i);
                return true;
            }
        }
        return false;
    }

    private void reference(Class<?> type, Encoded out) {
        for (int i = 0; i < named.size(); i++) {
            if (named.get(i) == type) {
                out.varint(i + 1);
                return;
            }
        }
        named.add(type);
        out.varint(0);
        values.string(type.getName(), out);
    }
}
