package offspring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import offspring.core.Event;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whoever finds an event set, without waiting, sees what was written before it was set. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "found set: the write is seen")
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "looked before it was set")
@Outcome(expect = FORBIDDEN, desc = "the event was set, but the write before it is not seen")
@State
public class EventShows {

    private final Event event = new Event();
    private int news;

    /** Writes, then sets. */
    @Actor
    public void set() {
        news = 1;
        event.set();
    }

    /** Reads if the event is set. */
    @Actor
    public void look(I_Result result) {
        result.r1 = event.isSet() ? news : -1;
    }
}
