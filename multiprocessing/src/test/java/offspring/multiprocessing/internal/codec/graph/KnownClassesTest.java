package offspring.multiprocessing.internal.codec.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownClassesTest {

    private final ClassResolver resolver = new ClassResolver(KnownClassesTest.class.getClassLoader());

    @Test
    void shouldFindTheClassOfEveryIdAndTheIdOfEveryClass() throws Exception {
        Set<Class<?>> all = new HashSet<>();
        for (int id = 1; id <= KnownClasses.count(); id++) {
            Class<?> type = resolver.known(id);
            assertThat(type).as(KnownClasses.nameOf(id)).isNotNull();
            assertThat(KnownClasses.idOf(type)).isEqualTo(id);
            assertThat(all.add(type)).as(type.getName()).isTrue();
        }
        assertThat(KnownClasses.count()).isLessThan(256);
    }

    @Test
    void shouldKnowNoOtherId() throws Exception {
        assertThat(resolver.known(0)).isNull();
        assertThat(resolver.known(KnownClasses.count() + 1)).isNull();
        assertThat(resolver.known(255)).isNull();
        assertThat(KnownClasses.idOf(KnownClassesTest.class)).isZero();
    }

    /** Defines this test's class once more, from the same bytes. */
    private static final class Twin extends ClassLoader {
        private final String twin = KnownClassesTest.class.getName();

        Twin() {
            super(KnownClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(twin)) {
                return super.loadClass(name, resolve);
            }
            Class<?> defined = findLoadedClass(name);
            return defined == null ? define(name) : defined;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void shouldAskTheContextClassLoaderFirst() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        String name = KnownClassesTest.class.getName();
        Twin twin = new Twin();
        try {
            assertThat(resolver.resolve(name)).isSameAs(KnownClassesTest.class);
            thread.setContextClassLoader(twin);
            assertThat(resolver.resolve(name))
                    .isNotSameAs(KnownClassesTest.class)
                    .isSameAs(twin.loadClass(name));
            thread.setContextClassLoader(null);
            assertThat(resolver.resolve(name)).isSameAs(KnownClassesTest.class);
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(new ClassResolver(twin).resolve(name)).isSameAs(twin.loadClass(name));
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThatThrownBy(() -> resolver.resolve("offspring.Elsewhere"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("offspring.Elsewhere")
                .hasMessageContaining("class path of this process");
    }

    @Test
    void shouldDescribeArraysWithoutASerialVersion() throws Exception {
        for (Class<?> type : new Class<?>[] {Object[].class, int[][].class, KnownClassesTest[].class}) {
            ObjectStreamClass descriptor = resolver.arrayDescriptor(type);
            assertThat(descriptor.getName()).isEqualTo(type.getName());
            assertThat(descriptor.getSerialVersionUID()).isZero();
            assertThat(resolver.arrayDescriptor(type)).isSameAs(descriptor);
        }
    }
}
