package offspring.multiprocessing.internal.codec.wire;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

/** Writes enum constants, records and lambdas, whose classes are named by {@link Tags a class reference}. */
final class ShapeWriter {

    private final LeafWriter values;
    private final List<Class<?>> named = new ArrayList<>();

    ShapeWriter(LeafWriter values) {
        this.values = values;
    }

    /** Writes the object; false when its class must go by an object stream, or something in it must. */
    boolean write(Object object, Shape shape, Encoded out, int depth) {
        try {
            return shape.kind == Shape.RECORD ? record(object, shape, out, depth) : lambda(object, shape, out, depth);
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
