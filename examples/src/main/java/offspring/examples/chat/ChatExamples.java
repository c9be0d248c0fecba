package offspring.examples.chat;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class ChatExamples {

    private ChatExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(new ChatRun(), new ChatServerRun(), new ChatClientRun());
    }
}
