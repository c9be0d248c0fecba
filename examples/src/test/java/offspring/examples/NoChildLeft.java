package offspring.examples;

import offspring.testkit.Deadlines;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Checks after each test that an example which ran {@linkplain ExampleRun#here here} has left no child process. */
public final class NoChildLeft implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        Deadlines.eventually(
                "no child is left",
                () -> ProcessHandle.current().children().findAny().isEmpty());
    }
}
