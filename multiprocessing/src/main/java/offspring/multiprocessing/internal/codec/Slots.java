package offspring.multiprocessing.internal.codec;

import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import offspring.multiprocessing.internal.codec.wire.Form;
import org.jspecify.annotations.Nullable;

/**
 * The places in which an object keeps others, with their names as a programmer knows them: fields, elements, keys,
 * captured arguments.
 *
 * <p>Fields are read by reflection where modules allow it. Where they do not, the name is still given when the object has
 * only one field that can hold the child.
 */
final class Slots {

    /** How many values are serialized to see whether they turn into the child looked for. */
    private static final int MAX_TRIALS = 1000;

    private final List<Slot> known = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    private Slots() {}

    /** A named place and what it holds. */
    record Slot(String name, Object value) {}

    /**
     * The place through which serialization goes from an object to a child.
     *
     * @param parent an object as the program knows it
     * @param child an object that it writes, after the child's own {@code writeReplace}
     * @return the name of the place and the child as the program knows it
     */
    static Slot between(Object parent, Object child) {
        ChildProbe.Finding finding = ChildProbe.look(parent);
        Slots slots = new Slots();
        if (finding.effective() instanceof Form.Travelled) {
            slots.declared(parent);
        }
        slots.collect(finding.effective());
        if (finding.effective() != parent) {
            slots.collect(parent);
        }
        Slot exact = slots.holding(child);
        if (exact != null) {
            return exact;
        }
        Slot replaced = slots.turningInto(child);
        if (replaced != null) {
            return replaced;
        }
        if (finding.effective() == child) {
            return new Slot("its replacement by writeReplace", child);
        }
        String name = slots.closed.size() == 1 ? slots.closed.get(0) : "content of " + Words.nameOf(parent);
        return new Slot(name, child);
    }

    /** Whether the child is the array in which a serialized form keeps what a lambda has captured, or what a shared object is made of. */
    static boolean isOnlyTheirArray(Object parent, Object child) {
        if (ChildProbe.look(parent).effective() instanceof Form.Travelled travelled) {
            return child.getClass() == Object[].class && travelled.parts().length == ((Object[]) child).length;
        }
        if (!(child instanceof Object[] array)
                || !(ChildProbe.look(parent).effective() instanceof SerializedLambda lambda)
                || array.length != lambda.getCapturedArgCount()) {
            return false;
        }
        for (int i = 0; i < array.length; i++) {
            if (array[i] != lambda.getCapturedArg(i)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Slot holding(Object child) {
        for (Slot slot : known) {
            if (slot.value() == child) {
                return slot;
            }
        }
        return null;
    }

    private @Nullable Slot turningInto(Object child) {
        List<Object> wanted = ChildProbe.look(child).children();
        int trials = 0;
        for (Slot slot : known) {
            if (trials++ > MAX_TRIALS) {
                return null;
            }
            ChildProbe.Finding finding = ChildProbe.look(slot.value());
            if (finding.effective() != slot.value()
                    && finding.effective().getClass() == child.getClass()
                    && same(finding.children(), wanted)) {
                return slot;
            }
        }
        return null;
    }

    private static boolean same(List<Object> some, List<Object> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            Object one = some.get(i);
            Object other = others.get(i);
            boolean bothText = one instanceof String && one.equals(other);
            if (one != other && !bothText && one.getClass() != other.getClass()) {
                return false;
            }
        }
        return true;
    }

    private void collect(Object object) {
        if (object instanceof SerializedLambda lambda) {
            captured(lambda);
        } else if (object instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                add("element [" + i + "]", array[i]);
            }
        } else if (object instanceof Form.Travelled travelled) {
            for (Object part : travelled.parts()) {
                add("what travels of " + travelled.type().getSimpleName(), part);
            }
        } else {
            contents(object);
            fields(object);
        }
    }

    private void captured(SerializedLambda lambda) {
        int count = lambda.getCapturedArgCount();
        boolean bound = Words.bindsReceiver(lambda);
        for (int i = 0; i < count; i++) {
            boolean receiver = bound && i == 0;
            String name = receiver ? "captured this" : "captured argument " + (bound ? i : i + 1);
            add(name, lambda.getCapturedArg(i));
        }
    }

    /** What a container of the JDK, or one built on it, holds. */
    private void contents(Object object) {
        if (object instanceof Collection<?> collection) {
            int i = 0;
            for (Object element : collection) {
                add("element [" + i++ + "]", element);
            }
        } else if (object instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add("a key", entry.getKey());
                add("value of key " + Words.shortText(entry.getKey()), entry.getValue());
            }
        } else if (object instanceof Map.Entry<?, ?> entry) {
            add("key", entry.getKey());
            add("value", entry.getValue());
        } else if (object instanceof Throwable failure) {
            add("cause", failure.getCause());
        }
    }

    private void fields(Object object) {
        Deque<Class<?>> types = new ArrayDeque<>();
        for (Class<?> at = object.getClass(); at != null; at = at.getSuperclass()) {
            types.push(at);
        }
        for (Class<?> type : types) {
            ObjectStreamClass description = ObjectStreamClass.lookup(type);
            if (description != null) {
                for (ObjectStreamField field : description.getFields()) {
                    if (!field.isPrimitive()) {
                        field(object, type, field.getName());
                    }
                }
            }
        }
    }

    /** All fields of an object that travels in a form: the stream knows none of them. */
    private void declared(Object object) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field(object, type, field.getName());
                }
            }
        }
    }

    private void field(Object object, Class<?> type, String name) {
        String title = title(type, name);
        try {
            Field field = type.getDeclaredField(name);
            if (field.trySetAccessible()) {
                add(title, field.get(object));
            } else {
                closed.add(title);
            }
        } catch (NoSuchFieldException | IllegalAccessException e) {
            closed.add(title);
        }
    }

    private static String title(Class<?> type, String field) {
        if (field.startsWith("this$")) {
            return type.getName() + "." + field + " (its enclosing instance)";
        }
        if (field.startsWith("val$")) {
            return type.getName() + "." + field.substring(4) + " (a captured variable)";
        }
        return type.getName() + "." + field;
    }

    private void add(String name, @Nullable Object value) {
        if (value != null) {
            known.add(new Slot(name, value));
        }
    }
}
