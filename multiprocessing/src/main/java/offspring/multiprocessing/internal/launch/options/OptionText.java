package offspring.multiprocessing.internal.launch.options;

import java.util.ArrayList;
import java.util.List;

/**
 * Options in one line of text, as they stand in {@code JAVA_TOOL_OPTIONS}: separated by white space, which in quotes of either kind
 * belongs to an option.
 */
final class OptionText {

    private OptionText() {}

    /** One option as it was written, and as the JVM understands it. */
    record Piece(String written, String meant) {}

    static List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            if (Character.isWhitespace(text.charAt(begin))) {
                begin++;
            } else {
                int end = endOf(text, begin);
                pieces.add(new Piece(text.substring(begin, end), unquoted(text, begin, end)));
                begin = end;
            }
        }
        return pieces;
    }

    private static int endOf(String text, int begin) {
        char quote = 0;
        int i = begin;
        while (i < text.length() && (quote != 0 || !Character.isWhitespace(text.charAt(i)))) {
            quote = quoteAfter(quote, text.charAt(i));
            i++;
        }
        return i;
    }

    /** Which quote is open after this letter; 0: none. */
    private static char quoteAfter(char open, char letter) {
        if (open != 0) {
            return letter == open ? 0 : open;
        }
        return letter == '"' || letter == '\'' ? letter : 0;
    }

    private static String unquoted(String text, int begin, int end) {
        StringBuilder meant = new StringBuilder(end - begin);
        char quote = 0;
        for (int i = begin; i < end; i++) {
            char letter = text.charAt(i);
            char after = quoteAfter(quote, letter);
            if (after == quote) {
                meant.append(letter);
            }
            quote = after;
        }
        return meant.toString();
    }
}
