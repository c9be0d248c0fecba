package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.worker.Frames;
import offspring.multiprocessing.internal.pool.worker.Records;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/**
 * The way of calls to a worker: encodes them into frames, and functions that are shared once. Used by one thread at a time, which {@link
 * Worker} says.
 *
 * <p>Items of one function go as records of one frame, as long as their numbers follow one another. What cannot be encoded fails at
 * once, and leaves an empty record in its place, or, if it is the function, all of its items fail and nothing is sent.
 */
final class Sender {

    /** A message is sent when it has grown so large. */
    private static final int MESSAGE = 1 << 15;

    private final Worker worker;
    private final Dispatcher dispatcher;
    private final Frames.Writer out;
    private final Payloads.Outbox functions;
    private final Payloads.Outbox items;
    private final Call.@Nullable Shared[] places = new Call.Shared[Frames.PLACES];
    private int nextPlace;
    private int lastPlace;

    /** The open frame: the number that its next record must have, and how many it has. */
    private long next;

    private int count;

    Sender(Worker worker, Dispatcher dispatcher, PipeEnd end, BooleanSupplier closed) {
        this.worker = worker;
        this.dispatcher = dispatcher;
        this.out = new Frames.Writer(end, closed);
        this.functions = new Payloads.Outbox(end.pipe());
        this.items = new Payloads.Outbox(end.pipe());
    }

    /**
     * Encodes and sends a batch.
     *
     * @param mayWait whether this thread may wait until the worker has read it
     * @return false if there was not room for all of it and the thread may not; {@link #sendRest} sends what is left
     */
    boolean send(List<Entry> batch, boolean mayWait) {
        out.waits(mayWait);
        try {
            for (Entry entry : batch) {
                Call call = entry.call;
                if (call.isUnwanted() || !call.dispatched(worker.name())) {
                    entry.dropped = true;
                } else if (call.shared == null) {
                    addAlone(entry);
                } else {
                    add(entry, call.shared);
                }
            }
            flush();
            return !out.hasRest();
        } catch (IOException gone) {
            drop(gone);
            return true;
        }
    }

    /** Sends what there was no room for; waits until the worker has read it. */
    void sendRest() {
        try {
            out.sendRest();
        } catch (IOException gone) {
            drop(gone);
        }
    }

    private void drop(IOException gone) {
        out.clear();
        count = 0;
        Logs.of(Sender.class).debug("{} is gone; what it did not begin runs elsewhere", worker.name(), gone);
    }

    private void flush() throws IOException {
        closeFrame();
        out.flush();
    }

    private void closeFrame() {
        out.close(count);
        count = 0;
    }

    /** A call with a function of its own. */
    private void addAlone(Entry entry) throws IOException {
        Call call = entry.call;
        call.worker = worker;
        closeFrame();
        Payloads.Outgoing function = null;
        Payloads.Outgoing item = null;
        try {
            function = functions.encode(call.function);
            item = items.encode(call.item(0));
        } catch (IOException | RuntimeException | Error e) {
            if (function != null) {
                function.revoke();
            }
            entry.dropped = true;
            call.fail(0, new CallFailure.NotSent(e));
            return;
        }
        if (function.encoded().length() + item.encoded().length() > Frames.ALONE) {
            // a function that goes alone goes to a place of its own
            out.add(Frames.DEFINE, freePlace(null), function.encoded());
            addItem(entry, 0, item, lastPlace);
            closeFrame();
        } else {
            out.open(Frames.CALL, entry.first, 0);
            out.record(Records.ITEM, function.encoded());
            out.record(Records.ITEM, item.encoded());
            out.close(2);
        }
        functions.done(function);
        items.done(item);
    }

    private int freePlace(Call.@Nullable Shared shared) {
        int place = nextPlace;
        nextPlace = (place + 1) % places.length;
        places[place] = shared;
        lastPlace = place;
        return place;
    }

    private void add(Entry entry, Call.Shared shared) throws IOException {
        Call call = entry.call;
        call.worker = worker;
        int place = placeOf(shared, entry);
        if (place < 0) {
            return;
        }
        for (int i = 0; i < entry.taken; i++) {
            Payloads.Outgoing item;
            try {
                item = items.encode(call.item(entry.from + i));
            } catch (IOException | RuntimeException | Error e) {
                dispatcher.passOver(entry, entry.from + i);
                call.fail(entry.from + i, new CallFailure.NotSent(e));
                addItem(entry, i, null, place);
                continue;
            }
            addItem(entry, i, item, place);
            items.done(item);
        }
    }

    private void addItem(Entry entry, int i, Payloads.@Nullable Outgoing item, int place) throws IOException {
        long number = entry.first + i;
        if (item != null && item.encoded().length() > Frames.ALONE) {
            closeFrame();
            out.alone(Frames.APPLY, number, place, Records.ITEM, item.encoded());
            return;
        }
        if (out.isOpen() && (number != next || place != lastPlace)) {
            closeFrame();
        }
        if (out.size() > MESSAGE) {
            flush();
        }
        if (!out.isOpen()) {
            out.open(Frames.APPLY, number, place);
            lastPlace = place;
        }
        out.record(item == null ? Records.NOTHING : Records.ITEM, item == null ? null : item.encoded());
        next = number + 1;
        count++;
    }

    /** Where the worker keeps a function; it is sent along if it is not there. -1: it cannot be sent. */
    private int placeOf(Call.Shared shared, Entry entry) throws IOException {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == shared) {
                return i;
            }
        }
        Payloads.Outgoing function;
        try {
            function = functions.encode(shared.function);
        } catch (IOException | RuntimeException | Error e) {
            entry.dropped = true;
            entry.call.fail(entry.from, entry.from + entry.taken, new CallFailure.NotSent(e));
            return -1;
        }
        closeFrame();
        int place = freePlace(shared);
        out.add(Frames.DEFINE, place, function.encoded());
        functions.done(function);
        return place;
    }

    /** Lets the worker end when it has done what it has. */
    void sendEnd() {
        out.waits(true);
        try {
            out.add(Frames.END, 0, null);
            out.flush();
        } catch (IOException gone) {
            out.clear();
            Logs.of(Sender.class).debug("{} was gone before it was told to end", worker.name(), gone);
        }
    }
}
