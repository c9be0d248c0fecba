package offspring.multiprocessing.internal.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about a throwable of another process, without the throwable.
 *
 * @param className its class
 * @param message its message
 * @param text its {@code toString()}
 * @param stack its stack trace
 * @param cause its cause
 * @param suppressed what it suppressed
 */
public record FailureRecord(
        String className,
        @Nullable String message,
        String text,
        List<StackTraceElement> stack,
        @Nullable FailureRecord cause,
        List<FailureRecord> suppressed) {

    /** Copies the lists. */
    public FailureRecord {
        stack = List.copyOf(stack);
        suppressed = List.copyOf(suppressed);
    }

    /** The stack trace as {@link Throwable#printStackTrace()} prints it, without leaving out common frames. */
    public String stackTrace() {
        StringBuilder out = new StringBuilder();
        print(out, "", "");
        return out.toString();
    }

    private void print(StringBuilder out, String indent, String caption) {
        out.append(indent).append(caption).append(text).append('\n');
        for (StackTraceElement frame : stack) {
            out.append(indent).append("\tat ").append(frame).append('\n');
        }
        for (FailureRecord other : suppressed) {
            other.print(out, indent + "\t", "Suppressed: ");
        }
        if (cause != null) {
            cause.print(out, indent, "Caused by: ");
        }
    }
}
