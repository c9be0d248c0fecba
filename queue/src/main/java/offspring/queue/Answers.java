package offspring.queue;

import offspring.queue.internal.Engine;
import org.jspecify.annotations.Nullable;

/** Turns an engine's answers into what Python's queues return and raise. */
final class Answers {

    private Answers() {}

    /** What a get returned, if it is an item. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
    }) // the queue knows its T; null may be one
    static <T extends @Nullable Object> T itemOf(@Nullable Object answer, String call, Object queue) {
        if (answer instanceof Engine.Nothing nothing) {
            throw ofGet(nothing, call, queue);
        }
        return (T) answer;
    }

    static RuntimeException ofPut(Engine.Outcome outcome, String call, Object queue) {
        return switch (outcome) {
            case FULL -> new FullException(call + ": no room in " + queue);
            case SHUT -> new ShutDownException(call + ": nothing more goes into " + queue);
            case DONE -> new IllegalArgumentException(call + ": the item is in " + queue + ", nothing to refuse");
        };
    }

    private static RuntimeException ofGet(Engine.Nothing nothing, String call, Object queue) {
        return switch (nothing) {
            case EMPTY -> new EmptyException(call + ": no item in " + queue);
            case SHUT -> new ShutDownException(call + ": nothing more comes out of " + queue);
        };
    }
}
