package offspring.multiprocessing.internal.launch.options;

/** Sizes as JVMs understand them: {@code 64m}. */
public final class Sizes {

    private Sizes() {}

    /** The bytes; 0 if it is no size, which a JVM refuses, too. */
    public static long bytes(String size) {
        int end = size.length();
        while (end > 0 && !Character.isDigit(size.charAt(end - 1))) {
            end--;
        }
        try {
            long number = Long.parseLong(size.substring(0, end));
            String unit = size.substring(end);
            int power = unit.isEmpty() ? 0 : " kmgt".indexOf(Character.toLowerCase(unit.charAt(0)));
            return number << (10 * Math.max(0, power));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
