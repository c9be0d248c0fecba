package offspring.multiprocessing.internal.codec;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Classes of a user's program, as they travel. */
final class Values {

    private Values() {}

    record Point(int x, double y, String name) implements Serializable {}

    enum Colour {
        RED,
        GREEN {
            @Override
            String shade() {
                return "dark";
            }
        };

        String shade() {
            return "plain";
        }
    }

    /** Counts its elements in a field of its own. */
    static final class NamedList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
        final String name;

        NamedList(String name, List<?> elements) {
            super(elements);
            this.name = name;
        }
    }

    static class Job implements Serializable {
        private static final long serialVersionUID = 1L;
        final String name;
        Object payload;
        transient int cache = 5;

        Job(String name, Object payload) {
            this.name = name;
            this.payload = payload;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Job job && name.equals(job.name) && Objects.deepEquals(payload, job.payload);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** Writes its number in its own way. */
    static final class Custom implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient int number;

        Custom(int number) {
            this.number = number;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(number + 1);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            number = in.readInt() - 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Custom custom && custom.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** There is one of it. */
    static final class Singleton implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Singleton ONE = new Singleton();

        private Singleton() {}

        private Object readResolve() {
            return ONE;
        }
    }

    /** Travels as a point. */
    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object writeReplace() {
            return new Point(1, 2, "replaced");
        }
    }

    /** Public, as its constructor must be. */
    public static final class Outer implements Externalizable {
        private static final long serialVersionUID = 1L;
        private List<Object> items = new ArrayList<>();

        public Outer() {}

        Outer(List<Object> items) {
            this.items = items;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF("items");
            out.writeObject(items);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            if (!"items".equals(in.readUTF())) {
                throw new IOException("not items");
            }
            items = (List<Object>) in.readObject();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Outer outer && outer.items.equals(items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /** A link of a chain. */
    static class Link implements Serializable {
        private static final long serialVersionUID = 1L;
        final int number;
        Link next;

        Link(int number, Link next) {
            this.number = number;
            this.next = next;
        }

        static Link chain(int length) {
            Link head = null;
            for (int i = 0; i < length; i++) {
                head = new Link(i, head);
            }
            return head;
        }

        static int length(Link head) {
            int length = 0;
            for (Link at = head; at != null; at = at.next) {
                length++;
            }
            return length;
        }
    }

    /** What a proxy implements. */
    interface Greeter {
        String greet(String whom);
    }

    static final class GreeterHandler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "Hello " + arguments[0];
        }
    }

    static Greeter greeter() {
        return (Greeter) Proxy.newProxyInstance(
                Values.class.getClassLoader(), new Class<?>[] {Greeter.class}, new GreeterHandler());
    }
}
