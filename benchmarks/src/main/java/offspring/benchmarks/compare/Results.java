package offspring.benchmarks.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standings for programs: what the JSON file holds. Times are nanoseconds per operation.
 *
 * @param java version of the JVM
 * @param python version of CPython, or null if there is none
 * @param processors how many the JVM sees
 * @param rounds how many rounds were measured
 * @param standings the lines of the table
 * @param failures what could not be measured, and why
 */
record Results(
        String java,
        @Nullable String python,
        int processors,
        int rounds,
        List<Standing> standings,
        List<String> failures) {

    Results {
        standings = List.copyOf(standings);
        failures = List.copyOf(failures);
    }

    void writeTo(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }
}
