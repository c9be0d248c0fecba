package offspring.integration;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that loads the application by class loaders of its own, as servers, plug-in systems and build tools do. */
final class Host {

    private Host() {}

    /**
     * Runs the application.
     *
     * @param args how it is loaded, and the jars, that of the application first
     */
    public static void main(String[] args) throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String jar : args[1].split(File.pathSeparator)) {
            jars.add(url(jar));
        }
        List<URL> application = jars.subList(0, 1);
        List<URL> libraries = jars.subList(1, jars.size());
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        ClassLoader loader = switch (args[0]) {
            case "one", "closed" -> files(jars, platform);
            case "two" -> files(application, files(libraries, platform));
            case "application" -> files(application, Host.class.getClassLoader());
            case "silent" -> new Silent(files(jars, platform));
            case "apart" -> new Apart(files(application, platform), files(libraries, platform));
            default -> throw new IllegalArgumentException(args[0]);
        };
        // The context class loader stays as it is: many hosts set it, some do not.
        Method main = loader.loadClass("offspring.integration.App").getMethod("main", String[].class);
        main.invoke(null, (Object) new String[0]);
        if (args[0].equals("closed")) {
            ((URLClassLoader) loader).close();
        }
    }

    private static URL url(String jar) throws MalformedURLException {
        return Path.of(jar).toUri().toURL();
    }

    private static ClassLoader files(List<URL> jars, ClassLoader parent) {
        return new URLClassLoader(jars.toArray(new URL[0]), parent);
    }

    /** Defines all classes itself, from bytes that it has from somewhere. */
    private static class Defining extends ClassLoader {

        private final ClassLoader source;

        Defining(ClassLoader source, ClassLoader parent) {
            super(parent);
            this.source = source;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = source.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** A loader with library and application. */
    private static final class Silent extends Defining {

        Silent(ClassLoader source) {
            super(source, ClassLoader.getPlatformClassLoader());
        }
    }

    /** A loader with the application, which knows that of the library, but not as its parent: bundles are like that. */
    private static final class Apart extends Defining {

        private final ClassLoader libraries;

        Apart(ClassLoader source, ClassLoader libraries) {
            super(source, ClassLoader.getPlatformClassLoader());
            this.libraries = libraries;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return name.startsWith("offspring.integration.") ? super.findClass(name) : libraries.loadClass(name);
        }
    }
}
