package offspring.multiprocessing;

import offspring.core.internal.TargetNames;
import org.jspecify.annotations.Nullable;

/** A call in words, for people: {@code Page::fetch of https://…}. */
final class CallText {

    private static final int LONGEST = 80;

    private CallText() {}

    static String of(Object function, @Nullable Object argument) {
        return nameOf(function) + (argument == null ? "" : " of " + shortened(argument));
    }

    /** A lambda is known by the class that it stands in. */
    private static String nameOf(Object function) {
        String type = function.getClass().getName();
        int lambda = type.indexOf("$$Lambda");
        String place = lambda < 0 ? type : type.substring(0, lambda);
        String method = TargetNames.of(function);
        return place.substring(place.lastIndexOf('.') + 1) + (method == null ? "" : "::" + method);
    }

    /** The argument's class may have overridden everything. */
    private static String shortened(Object argument) {
        String text;
        try {
            text = String.valueOf(argument);
        } catch (RuntimeException | Error e) {
            text = "a " + argument.getClass().getSimpleName() + " whose toString() fails";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
