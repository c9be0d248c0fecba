package offspring.examples.messages;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class MessageExamples {

    private MessageExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(
                new QueueOfTwo(),
                new JoinableQueueRun(),
                new TwoConsumers(),
                new QueueSentinel(),
                new PipeMessage(),
                new PipeConsumer(),
                new PipeClientServer());
    }
}
