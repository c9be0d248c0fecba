package offspring.examples.life;

import java.util.List;
import offspring.examples.Example;

/** The examples of this room, in the order in which to read them. */
public final class LifeExamples {

    private LifeExamples() {}

    /**
     * New ones, ready to be called.
     *
     * @return all
     */
    public static List<Example> all() {
        return List.of(new Thumbnails(), new MonteCarlo(), new LoadedModel(), new WebServer(), new ManyThreads());
    }
}
