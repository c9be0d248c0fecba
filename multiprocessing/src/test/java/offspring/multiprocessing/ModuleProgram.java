package offspring.multiprocessing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A program in a named module of its own, that starts children; compiled when asked for. */
final class ModuleProgram {

    static final String MAIN = "probe.app/probe.app.Main";

    private static final String MODULE = "module probe.app { requires offspring.multiprocessing; }";

    /** Starts as many children as its argument says, at least one; each says where it is, and whether it began from an archive. */
    private static final String SOURCE = "package probe.app;\n"
            + "import offspring.multiprocessing.Process;\n"
            + "import offspring.multiprocessing.ProcessOptions;\n"
            + "public final class Main {\n"
            + "    public static void main(String[] args) throws Exception {\n"
            + "        int count = args.length == 0 ? 1 : Integer.parseInt(args[0]);\n"
            + "        for (int i = 0; i < count; i++) {\n"
            + "            start();\n"
            + "        }\n"
            + "        java.nio.file.Path awaited = args.length < 2 ? null : java.nio.file.Path.of(args[1]);\n"
            + "        while (awaited != null && !hasArchive(awaited)) {\n"
            + "            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);\n"
            + "        }\n"
            + "    }\n"
            + "    private static boolean hasArchive(java.nio.file.Path folder) throws java.io.IOException {\n"
            + "        if (!java.nio.file.Files.isDirectory(folder)) {\n"
            + "            return false;\n"
            + "        }\n"
            + "        try (var files = java.nio.file.Files.list(folder)) {\n"
            + "            return files.map(file -> file.getFileName().toString())\n"
            + "                    .anyMatch(name -> name.endsWith(\".jsa\") && !name.startsWith(\"making-\"));\n"
            + "        }\n"
            + "    }\n"
            + "    private static void start() throws Exception {\n"
            + "        Process child = Process.builder().target(Main::tell).build();\n"
            + "        child.start();\n"
            + "        child.join();\n"
            + "    }\n"
            + "    private static void tell() {\n"
            + "        System.out.println(\"child in \" + Main.class.getModule() + \", archive \"\n"
            + "                + ProcessHandle.current().info().commandLine().orElse(\"\").contains(\".jsa\"));\n"
            + "    }\n"
            + "}\n";

    private ModuleProgram() {}

    /** Compiles it; gives the folder of its classes. */
    static Path compile(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src/probe/app"))
                .getParent()
                .getParent();
        Files.writeString(sources.resolve("module-info.java"), MODULE);
        Files.writeString(sources.resolve("probe/app/Main.java"), SOURCE);
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--module-path", libraries()));
        arguments.add(sources.resolve("module-info.java").toString());
        arguments.add(sources.resolve("probe/app/Main.java").toString());
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError("the program does not compile");
        }
        return classes;
    }

    /** The module path with which it runs. */
    static String pathOf(Path classes) {
        return classes + File.pathSeparator + libraries();
    }

    /** Those entries of the class path that are the library and what it needs. */
    static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(ModuleProgram::isLibrary)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isLibrary(Path entry) {
        if (Files.isDirectory(entry)) {
            return Files.exists(entry.resolve("module-info.class"))
                    && !entry.toString().contains("testkit");
        }
        String name = entry.getFileName().toString();
        boolean ours =
                name.matches("offspring-(core|queue|threading|multiprocessing)-.*\\.jar") && !name.contains("tests");
        return ours || name.startsWith("slf4j-api") || name.startsWith("jspecify");
    }
}
