package offspring.multiprocessing.internal.codec;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import offspring.multiprocessing.internal.codec.CodecContext.Phase;
import offspring.multiprocessing.internal.codec.CodecContext.Scope;
import offspring.multiprocessing.internal.codec.wire.PrimitiveArrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks a graph that could not be encoded, and names the object in the way and the path to it.
 *
 * <p>The walk is depth first in the order of writing, without recursion, so the first culprit found is the one that
 * stopped the encoding. It happens in a {@link Phase#REHEARSAL rehearsal}, because it makes objects write themselves
 * again.
 */
final class CulpritFinder {

    /** A graph larger than this is not searched to its end; the message then names the class without a path. */
    private static final int MAX_OBJECTS = 200_000;

    /** Longer paths lose their middle. */
    private static final int MAX_STEPS = 24;

    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Node> waiting = new ArrayDeque<>();

    private CulpritFinder() {}

    /** An object, and by whom it was reached. */
    private record Node(Object object, @Nullable Node parent) {}

    /** Where the search ended. */
    private record Culprit(Node node, @Nullable Throwable failure) {}

    /**
     * Says why a value cannot travel. In a rehearsal nobody reads it, so the failure is given back as it is.
     *
     * @param root the value
     * @param context the context in which it was encoded
     * @param failure what encoding threw
     * @return the exception to throw, with the failure as its cause
     */
    static IOException explain(Object root, CodecContext context, Throwable failure) {
        if (CodecContext.phase() == Phase.REHEARSAL) {
            return failure instanceof IOException io ? io : new IOException(failure);
        }
        Scope before = CodecContext.enter(context, Phase.REHEARSAL);
        try {
            Culprit culprit = new CulpritFinder().search(root);
            return culprit == null ? unfound(root, context, failure) : found(culprit, context, failure);
        } finally {
            CodecContext.leave(before);
        }
    }

    private @Nullable Culprit search(Object root) {
        waiting.push(new Node(root, null));
        while (!waiting.isEmpty() && visited.size() < MAX_OBJECTS) {
            Node node = waiting.pop();
            if (isLeaf(node.object()) || !visited.add(node.object())) {
                continue;
            }
            if (!(node.object() instanceof Serializable)) {
                return new Culprit(node, null);
            }
            ChildProbe.Finding finding = ChildProbe.look(node.object());
            if (finding.failure() != null) {
                return new Culprit(node, finding.failure());
            }
            if (finding.effective() != node.object() && !(finding.effective() instanceof Serializable)) {
                return new Culprit(new Node(finding.effective(), node), null);
            }
            List<Object> children = finding.children();
            for (int i = children.size() - 1; i >= 0; i--) {
                waiting.push(new Node(children.get(i), node));
            }
        }
        return null;
    }

    private static boolean isLeaf(Object object) {
        return object instanceof String
                || (object instanceof Number && object.getClass().getName().startsWith("java.lang."))
                || object instanceof Enum
                || object instanceof Class
                || PrimitiveArrays.tagOf(object) != 0;
    }

    private static CannotTravelException found(Culprit culprit, CodecContext context, Throwable failure) {
        List<Object> way = new ArrayList<>();
        for (Node at = culprit.node(); at != null; at = at.parent()) {
            way.add(at.object());
        }
        Collections.reverse(way);
        Object last = way.get(way.size() - 1);
        List<String> steps = steps(way, context);
        String lastStep = steps.get(steps.size() - 1);
        String name = Words.nameOf(last);
        steps.add(name);
        Throwable own = culprit.failure();
        String reason = own == null
                ? name + " is not serializable; " + Words.advice(last, lastStep)
                : "writing it failed with " + (failure instanceof CannotTravelException ? failure : own);
        return new CannotTravelException(last.getClass().getName(), shortened(steps), reason, failure);
    }

    private static CannotTravelException unfound(Object root, CodecContext context, Throwable failure) {
        String step =
                context.label() + " (" + Words.nameOf(ChildProbe.look(root).effective()) + ")";
        return new CannotTravelException(
                root.getClass().getName(), List.of(step), "encoding it failed with " + failure, failure);
    }

    /** One step per object: how it is reached from the one before. */
    private static List<String> steps(List<Object> way, CodecContext context) {
        List<String> steps = new ArrayList<>();
        Object original = way.get(0);
        steps.add(
                way.size() == 1
                        ? context.label()
                        : context.label() + " ("
                                + Words.nameOf(ChildProbe.look(original).effective()) + ")");
        for (int i = 1; i < way.size(); i++) {
            if (steps.size() > MAX_STEPS && i < way.size() - MAX_STEPS) {
                steps.add("");
                original = way.get(i);
            } else if (!Slots.isOnlyTheirArray(original, way.get(i))) {
                Slots.Slot slot = Slots.between(original, way.get(i));
                steps.add(slot.name());
                original = slot.value();
            }
        }
        return steps;
    }

    private static List<String> shortened(List<String> steps) {
        if (steps.size() <= MAX_STEPS) {
            return steps;
        }
        int half = MAX_STEPS / 2;
        List<String> few = new ArrayList<>(steps.subList(0, half));
        few.add("… " + (steps.size() - MAX_STEPS) + " steps …");
        few.addAll(steps.subList(steps.size() - half, steps.size()));
        return few;
    }
}
