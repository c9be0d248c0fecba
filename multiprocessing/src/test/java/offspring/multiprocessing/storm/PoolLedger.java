package offspring.multiprocessing.storm;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import offspring.multiprocessing.Certainty;
import offspring.multiprocessing.TaskTimeoutException;
import offspring.multiprocessing.WorkerLostException;
import offspring.multiprocessing.storm.PoolWork.Deed;
import offspring.multiprocessing.storm.PoolWork.Note;
import offspring.multiprocessing.storm.PoolWork.Order;
import offspring.multiprocessing.storm.PoolWork.Phase;
import offspring.multiprocessing.storm.PoolWork.Product;

/**
 * What became of the orders of a storm: what the pool has said of each, and what the workers have noted, compared.
 *
 * <ul>
 *   <li>twice: an order was begun more than once, for nobody asked for retries
 *   <li>wrong: a result that is not that of its order, or of an order that never ended
 *   <li>blamed wrongly: an order failed that did not do it itself, and whose worker nobody had killed or stopped; or a kill cost more than
 *       the one order that its worker was running
 *   <li>lost silently: an order whose failure nobody showed ({@code map} throws one of several) has not run to its end, and there are more of
 *       those than such failures and kills explain
 * </ul>
 */
final class PoolLedger {

    /** What a pool has said of an order: whether it gave its product or another, or how it failed; or neither, in a group that failed. */
    private record Said(Order order, Boolean right, Throwable failure) {}

    private final Map<Integer, Said> said = new ConcurrentHashMap<>();
    private final Set<String> killed = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();

    // what the notes say
    private final Map<Integer, List<Note>> begun = new HashMap<>();
    private final Map<Integer, Integer> ended = new HashMap<>();

    // the result of the comparison
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Set<String> blamed = new HashSet<>();
    private int returned;
    private int lost;
    private int hidden;
    private int unseen;

    // ---- entries, by any thread

    void returned(Order order, Product product) {
        enter(new Said(order, order.deed().returns() && product.isOf(order), null));
    }

    /** {@code thrown} is as the pool threw it: a checked failure comes as a cause. */
    void failed(Order order, Throwable thrown) {
        enter(new Said(order, null, unwrapped(thrown)));
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** One or more of the order's group failed, and this is all that is known of it. */
    void unseen(Order order) {
        enter(new Said(order, null, null));
    }

    /** Keeps the order without its load: a storm is long. */
    private void enter(Said what) {
        Said light = new Said(what.order.light(), what.right, what.failure);
        if (said.putIfAbsent(what.order.number(), light) != null) {
            throw new AssertionError("the pool answered twice: " + what + " after " + said.get(what.order.number()));
        }
    }

    /**
     * Gives each failure that came without its order to the order that it can belong to.
     *
     * @param orders those without a result
     * @param thrown as many failures
     */
    void failed(List<Order> orders, List<Throwable> thrown, Path log) throws IOException {
        if (orders.size() != thrown.size()) {
            throw new AssertionError(thrown.size() + " failures came of " + orders.size() + " orders: " + orders);
        }
        Map<Integer, Note> begins = new HashMap<>();
        Map<Long, Integer> last = new HashMap<>();
        for (Note note : PoolWork.read(log)) {
            if (note.phase() == Phase.BEGUN) {
                begins.put(note.number(), note);
                last.put(note.pid(), note.number());
            }
        }
        Map<Order, Throwable> found = new HashMap<>();
        for (Throwable failure : thrown) {
            BiPredicate<Order, Throwable> fits = (order, one) -> fits(order, one, begins.get(order.number()), last);
            if (!place(failure, orders, found, fits, new HashSet<>())) {
                throw new AssertionError("a failure of none of " + orders, failure);
            }
        }
        found.forEach(this::failed);
    }

    /** Finds an order for a failure; one that has an order already may have to take another. */
    private static boolean place(
            Throwable failure,
            List<Order> orders,
            Map<Order, Throwable> found,
            BiPredicate<Order, Throwable> fits,
            Set<Order> tried) {
        for (Order order : orders) {
            if (fits.test(order, failure) && tried.add(order)) {
                Throwable other = found.get(order);
                if (other == null || place(other, orders, found, fits, tried)) {
                    found.put(order, failure);
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it can be the order's failure. The loss of a worker is that of the order that it began last, or of one not begun. */
    private static boolean fits(Order order, Throwable failure, Note begin, Map<Long, Integer> last) {
        Long pid = pidOf(failure);
        if (pid == null) {
            return ownFailure(order, unwrapped(failure));
        }
        return begin == null
                || (begin.pid() == pid
                        && (failure instanceof TaskTimeoutException
                                || last.get(pid).equals(order.number())));
    }

    private static Long pidOf(Throwable failure) {
        if (failure instanceof WorkerLostException loss) {
            return loss.pid();
        }
        return failure instanceof TaskTimeoutException late ? late.pid() : null;
    }

    void kills(PoolKiller killer) {
        killed.addAll(killer.killed());
        stopped.addAll(killer.stopped());
    }

    // ---- the comparison, when all is over

    /** Compares. */
    void judge(List<Order> orders, Path log) throws IOException {
        for (Note note : PoolWork.read(log)) {
            if (note.phase() == Phase.BEGUN) {
                begun.computeIfAbsent(note.number(), number -> new ArrayList<>())
                        .add(note);
            } else {
                ended.merge(note.number(), 1, Integer::sum);
            }
        }
        orders.forEach(this::judge);
        if (unseen > killed.size() + stopped.size()) {
            faults.add(unseen + " orders of groups with a failure have not run to their end, but there were only "
                    + killed.size() + " kills and " + stopped.size() + " stops");
        }
    }

    private void judge(Order order) {
        Said what = said.get(order.number());
        int begins = begins(order);
        if (what == null) {
            faults.add("nothing was said of " + order);
        } else if (begins > 1) {
            faults.add("twice: " + order + " was begun by " + begun.get(order.number()));
        } else if (ends(order) > begins) {
            faults.add("ended, but never begun: " + order);
        } else if (what.right != null) {
            judgeProduct(what);
        } else if (what.failure != null) {
            judgeFailure(what);
        } else {
            hidden++;
            unseen += ends(order) == 0 && order.deed().returns() ? 1 : 0;
        }
    }

    private void judgeProduct(Said what) {
        returned++;
        if (!what.right || ends(what.order) != 1) {
            faults.add("wrong: " + what.order + " gave " + (what.right ? "its result" : "another result")
                    + " and ended " + ends(what.order) + " times");
        }
    }

    private void judgeFailure(Said what) {
        Throwable failure = what.failure;
        Certainty certainty = null;
        if (failure instanceof WorkerLostException loss) {
            lost++;
            certainty = loss.certainty();
            judgeLoss(what.order, loss);
        } else if (failure instanceof TaskTimeoutException late) {
            certainty = late.certainty();
            judgeTimeout(what.order, late);
        } else if (!ownFailure(what.order, failure)) {
            blameWrongly(what.order, failure);
        }
        failures.merge(
                failure.getClass().getSimpleName() + (certainty == null ? "" : " " + certainty), 1, Integer::sum);
    }

    private void judgeLoss(Order order, WorkerLostException loss) {
        int own = order.deed().exitCode();
        boolean byItself = own != 0 && loss.exitCode() == own;
        boolean inItsExit = order.deed() == Deed.EXIT && loss.exitCode() == 128 + 9; // had already told of a normal end
        boolean byParent = (loss.exitCode() == -9 || inItsExit) && killed.contains(loss.workerName());
        boolean certain = switch (loss.certainty()) {
            case NEVER_STARTED, THREW -> false;
            case MAY_HAVE_RUN -> true;
            case RESULT_LOST ->
                begins(order) == 0 || ends(order) == 1 || !order.deed().returns();
        };
        if (!blamed.add(loss.workerName()) || !(byItself || byParent) || !certain || elsewhere(order, loss.pid())) {
            blameWrongly(order, loss);
        }
    }

    private void judgeTimeout(Order order, TaskTimeoutException late) {
        if ((!order.deed().wantsLimit() && !stopped.contains(late.workerName())) || elsewhere(order, late.pid())) {
            blameWrongly(order, late);
        }
    }

    private boolean elsewhere(Order order, long pid) {
        List<Note> notes = begun.get(order.number());
        return notes != null && notes.get(0).pid() != pid;
    }

    /** Whether that is what the order itself brings about, other than the end of its worker. */
    private static boolean ownFailure(Order order, Throwable failure) {
        return switch (order.deed()) {
            case THROW ->
                failure instanceof IllegalStateException
                        && PoolWork.complaint(order.number()).equals(failure.getMessage());
            case REFUSED_ARGUMENT ->
                failure instanceof InvalidObjectException
                        && failure.getCause() instanceof IllegalArgumentException cause
                        && PoolWork.refusal(order.number()).equals(cause.getMessage());
            case UNSENDABLE_ARGUMENT, UNSENDABLE_RESULT -> failure instanceof NotSerializableException;
            case HEAP -> failure instanceof OutOfMemoryError;
            default -> false;
        };
    }

    private void blameWrongly(Order order, Throwable failure) {
        faults.add("blamed wrongly: " + order + " begun by " + begun.get(order.number()) + ", ended " + ends(order)
                + " times, failed with " + failure);
    }

    private int begins(Order order) {
        return begun.getOrDefault(order.number(), List.of()).size();
    }

    private int ends(Order order) {
        return ended.getOrDefault(order.number(), 0);
    }

    // ---- for people

    List<String> faults() {
        return faults;
    }

    int returned() {
        return returned;
    }

    /** How many orders failed since their worker ended. */
    int lost() {
        return lost;
    }

    /** How many orders were in a {@code map} that threw, so that only their notes tell what became of them. */
    int hidden() {
        return hidden;
    }

    /** How many of those were lost. */
    int unseen() {
        return unseen;
    }

    /** How many failed, by the class of the failure and its certainty. */
    Map<String, Integer> failures() {
        return failures;
    }

    /** How many kills by whom. */
    Map<String, Integer> kills(List<Order> orders) {
        Map<Deed, Integer> deeds = new EnumMap<>(Deed.class);
        orders.stream()
                .filter(order -> begins(order) > 0)
                .filter(order -> switch (order.deed()) {
                    case EXIT, HALT, KILL, HEAP, STOP -> true;
                    default -> false;
                })
                .forEach(order -> deeds.merge(order.deed(), 1, Integer::sum));
        Map<String, Integer> kills = new TreeMap<>();
        deeds.forEach((deed, count) -> kills.put("by a task: " + deed, count));
        kills.put("by the parent: SIGKILL", killed.size());
        kills.put("by the parent: SIGSTOP", stopped.size());
        return kills;
    }
}
