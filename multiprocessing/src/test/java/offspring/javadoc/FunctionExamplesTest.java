package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import offspring.core.function.CheckedBiFunction;
import offspring.core.function.CheckedConsumer;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of functions that may throw. */
class FunctionExamplesTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void writeAFile() throws Exception {
        file = Files.writeString(directory.resolve("greeting"), "hello");
    }

    @Test
    void shouldDoWhatMayThrow() throws Exception {
        // region core.function.CheckedRunnable
        CheckedRunnable remove = () -> Files.delete(file); // its IOException needs no try
        remove.run(); // nor here, where it would come out
        // endregion
        assertThat(file).doesNotExist();
        assertThatThrownBy(remove::run).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldSupplyWhatMayThrow() throws Exception {
        // region core.function.CheckedSupplier
        CheckedSupplier<String> text = () -> Files.readString(file);
        String now = text.getChecked(); // declares what may come out; get() does not
        // endregion
        assertThat(now).isEqualTo("hello");
        Files.delete(file);
        assertThatThrownBy(text::get).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldConsumeWithWhatMayThrow() {
        List<Path> files = List.of(file);
        // region core.function.CheckedConsumer
        CheckedConsumer<Path> remove = Files::delete;
        files.forEach(remove); // it is a Consumer: an IOException comes out of forEach as it is
        // endregion
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> files.forEach(remove)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldMapWithWhatMayThrow() throws Exception {
        List<Path> files = List.of(file);
        // region core.function.CheckedFunction
        CheckedFunction<Path, Long> size = Files::size;
        List<Long> sizes = files.stream().map(size).toList(); // it is a Function: an IOException comes out as it is
        // endregion
        assertThat(sizes).containsExactly(5L);
        Files.delete(file);
        assertThatThrownBy(() -> size.apply(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldCombineWithWhatMayThrow() throws Exception {
        // region core.function.CheckedBiFunction
        CheckedBiFunction<Path, String, Path> write = (to, text) -> Files.writeString(to, text);
        Path written = write.applyChecked(file, "good bye"); // apply does the same, and declares no exception
        // endregion
        assertThat(written).hasContent("good bye");
        assertThatThrownBy(() -> write.apply(directory, "")).isInstanceOf(java.io.IOException.class);
    }
}
