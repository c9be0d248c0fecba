package offspring.multiprocessing.internal.codec.wire;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * How objects of a class can be written without an object stream, found out once per class.
 *
 * <p>A record is its components and its canonical constructor; a lambda is the {@link SerializedLambda} that the compiler
 * gave it and the method that makes it again. A class that has a word of its own in the matter ({@code writeReplace} or
 * {@code readResolve} in a record), or that its module does not open to us, stays with the object stream. A class that has a {@link
 * Form} travels in it.
 */
final class Shape {

    static final int OPAQUE = 0;
    static final int RECORD = 1;
    static final int LAMBDA = 2;
    static final int SHARED = 3;

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return find(type);
        }
    };

    private static final ClassValue<Remaker> REMAKERS = new ClassValue<>() {
        @Override
        protected Remaker computeValue(Class<?> type) {
            return new Remaker(method(type, "$deserializeLambda$", SerializedLambda.class));
        }
    };

    private static final Shape NONE = new Shape(OPAQUE, new Field[0], null, null, null);

    final int kind;

    /** The fields of a record, in the order of its components. */
    final Field[] fields;

    /** The canonical constructor of a record. */
    final @Nullable Constructor<?> constructor;

    /** The method of a lambda that gives its serialized form. */
    final @Nullable Method writeReplace;

    /** The class in whose form a shared object travels. */
    final @Nullable Class<?> formOf;

    private Shape(
            int kind,
            Field[] fields,
            @Nullable Constructor<?> constructor,
            @Nullable Method writeReplace,
            @Nullable Class<?> formOf) {
        this.kind = kind;
        this.fields = fields;
        this.constructor = constructor;
        this.writeReplace = writeReplace;
        this.formOf = formOf;
    }

    /** The method of a class that makes its lambdas again; none when it has no serializable ones. */
    private record Remaker(@Nullable Method method) {}

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** The compiler's method that makes the lambdas of a class again; null when we may not call it. */
    static @Nullable Method remaker(Class<?> capturing) {
        return REMAKERS.get(capturing).method();
    }

    private static Shape find(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type) || Externalizable.class.isAssignableFrom(type)) {
            return NONE;
        }
        if (type.isRecord() && !type.isHidden()) {
            return ofRecord(type);
        }
        if (type.isHidden() && type.isSynthetic()) {
            Method writeReplace = method(type, "writeReplace");
            return writeReplace == null ? NONE : new Shape(LAMBDA, new Field[0], null, writeReplace, null);
        }
        Class<?> formOf = Form.nameOf(type);
        return formOf == null ? NONE : new Shape(SHARED, new Field[0], null, null, formOf);
    }

    private static Shape ofRecord(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        Field[] fields = new Field[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                parameters[i] = components[i].getType();
                fields[i] = type.getDeclaredField(components[i].getName());
                if (!fields[i].trySetAccessible()) {
                    return NONE;
                }
            }
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            boolean own = declares(type, "writeReplace") || declares(type, "readResolve");
            return own || !constructor.trySetAccessible() ? NONE : new Shape(RECORD, fields, constructor, null, null);
        } catch (NoSuchFieldException | NoSuchMethodException e) {
            return NONE;
        }
    }

    private static boolean declares(Class<?> type, String name) {
        try {
            return type.getDeclaredMethod(name) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static @Nullable Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            Method method = type.getDeclaredMethod(name, parameters);
            return method.trySetAccessible() ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
