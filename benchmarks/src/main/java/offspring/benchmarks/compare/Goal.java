package offspring.benchmarks.compare;

import java.util.Locale;

/**
 * How ours must stand beside a rival.
 *
 * @param text the goal as DESIGN.md section 9 words it
 * @param mostOfRival the largest share of the rival's time that meets it
 */
record Goal(String text, double mostOfRival) {

    /** Ours takes at most the {@code times}-th part of the rival's time. */
    static Goal faster(double times) {
        String number = times == Math.rint(times) ? String.valueOf(Math.round(times)) : String.valueOf(times);
        return new Goal("≥ " + number + "× faster", 1 / times);
    }

    /** Ours takes at most {@code share} times the rival's time. */
    static Goal atMost(double share) {
        return new Goal(String.format(Locale.ROOT, "≤ %.1f × its time", share), share);
    }

    /** Whether ours, at the given share of the rival's time, meets it. */
    boolean met(double shareOfRival) {
        return shareOfRival <= mostOfRival;
    }
}
