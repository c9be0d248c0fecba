package offspring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import offspring.core.Event;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whoever waits for an event sees what was written before it was set. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "set, then awaited: the write is seen")
@Outcome(expect = FORBIDDEN, desc = "the event was set, but the write before it is not seen")
@State
public class EventPublishes {

    private final Event event = new Event();
    private int news;

    /** Writes, then sets. */
    @Actor
    public void set() {
        news = 1;
        event.set();
    }

    /** Waits, then reads. */
    @Actor
    public void await(I_Result result) {
        Stress.uninterrupted(event::await);
        result.r1 = news;
    }
}
