package offspring.multiprocessing;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import offspring.multiprocessing.storm.Fault;

/**
 * An argument that becomes a result, and on its way between the processes may let something go wrong at a chosen place.
 *
 * <pre>
 *   parent                        worker
 *   argument ─────────────────►  ARGUMENT ──► RUN or LOCK ──► RESULT
 *   PARENT  ◄──────────────────────────────────────────────────  result
 * </pre>
 */
final class Bomb implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where something goes wrong. */
    enum Place {
        /** When the worker decodes the argument. */
        ARGUMENT,
        /** When the call runs. */
        RUN,
        /** When the call runs and has a lock that processes share. */
        LOCK,
        /** When the worker encodes the result. */
        RESULT,
        /** When the parent decodes the result. */
        PARENT
    }

    private final long home = ProcessHandle.current().pid();
    private final int number;
    private final Fault fault;
    private final Place place;
    private final Lock lock;
    private boolean isResult;

    private Bomb(int number, Fault fault, Place place, Lock lock) {
        this.number = number;
        this.fault = fault;
        this.place = place;
        this.lock = lock;
    }

    /** One that does nothing. */
    static Bomb dud(int number) {
        return new Bomb(number, null, null, null);
    }

    static Bomb of(int number, Fault fault, Place place) throws IOException {
        return new Bomb(number, fault, place, place == Place.LOCK ? new Lock() : null);
    }

    static String complaint(int number) {
        return "struck " + number;
    }

    int number() {
        return number;
    }

    Fault fault() {
        return fault;
    }

    Place place() {
        return place;
    }

    /** What {@link Place#LOCK} holds when it strikes. */
    Lock lock() {
        return lock;
    }

    /** The call. */
    Bomb call() throws Exception {
        if (place == Place.LOCK) {
            lock.acquire();
            try {
                strike(Place.LOCK);
            } catch (IllegalStateException thrown) {
                lock.release(); // nobody hands on what a living worker keeps
                throw thrown;
            }
        }
        strike(Place.RUN);
        isResult = true;
        return this;
    }

    private void strike(Place here) throws IOException, InterruptedException {
        if (fault != null && place == here) {
            fault.strike(complaint(number));
        }
    }

    private void strikeOnTheWay(Place here) throws IOException {
        try {
            strike(here);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        boolean isHome = ProcessHandle.current().pid() == home;
        strikeOnTheWay(isHome ? Place.PARENT : Place.ARGUMENT);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        if (isResult) {
            strikeOnTheWay(Place.RESULT);
        }
    }
}
