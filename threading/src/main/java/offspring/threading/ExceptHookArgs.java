package offspring.threading;

import offspring.core.Thread;
import org.jspecify.annotations.Nullable;

/**
 * What an {@linkplain Threading#setExcepthook except hook} is told: the twin of Python's {@code threading.ExceptHookArgs}.
 * An exception knows its own type and stack trace, so two facts are enough here for Python's four.
 *
 * @param exception what was thrown and not caught
 * @param thread the thread it ended, or {@code null} if that is not known
 * @since 0.1.0
 */
public record ExceptHookArgs(Throwable exception, @Nullable Thread thread) {}
