package offspring.examples.processes;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import offspring.examples.Example;
import offspring.examples.TemporaryDirectory;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code write_to_file}: five processes append to one file, one after the other, as a shared lock tells them. */
@Command(name = "file-lock", description = "Five processes write to one file, guarded by a lock that they share.")
@SuppressWarnings("try") // the hold is closed, not looked at
final class FileLock extends Example {

    @Option(names = "--processes", paramLabel = "N", description = "How many write: ${DEFAULT-VALUE} if not given.")
    private int writers = 5;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--processes", writers, 1, 32);
        try (TemporaryDirectory directory = TemporaryDirectory.create("file-lock")) {
            Path file = directory.path().resolve("output.txt");
            write(file, count);
            List<String> lines = Files.readAllLines(file);
            out.println("the file has " + lines.size() + " lines:");
            lines.forEach(out::println);
        }
    }

    private static void write(Path file, int count) throws IOException, InterruptedException {
        Lock lock = new Lock();
        String name = file.toString(); // a Path cannot travel, its name can
        List<Process> processes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int number = i;
            Process process = new Process(() -> writeToFile(lock, name, number));
            processes.add(process);
            process.start();
        }
        for (Process process : processes) {
            process.join();
        }
    }

    /** Appends in two steps, which nobody may come between. */
    private static void writeToFile(Lock lock, String file, int number) throws IOException, InterruptedException {
        try (var held = lock.hold()) {
            Files.writeString(Path.of(file), "begin " + number, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.writeString(Path.of(file), " end " + number + "\n", StandardOpenOption.APPEND);
        }
    }
}
