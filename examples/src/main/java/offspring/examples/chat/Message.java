package offspring.examples.chat;

import java.io.IOException;
import java.util.List;

/**
 * What goes over a line, in either direction: one text line with four fields, separated by tabs.
 *
 * <pre>
 * client → server   JOIN from                 the first of all; who is there
 *                   SAY from to text          to one user, or to all if "to" is empty
 *                   LEAVE from                the last of all
 * server → client   WELCOME to text           the answer to JOIN,
 *                   REFUSED to text           or this, and the line ends
 *                   SAY from to text          as it came
 *                   NOTICE text               about others, or about the server
 * </pre>
 *
 * @param kind what it is about
 * @param from who says it; empty if the server does
 * @param to to whom; empty for all
 * @param text what
 */
record Message(Kind kind, String from, String to, String text) {

    /** The longest text that a user may send, in characters. */
    static final int LONGEST_TEXT = 2_000;

    /** The longest line: each character of a text may take two, and there are names and separators. */
    static final int LONGEST_LINE = 2 * LONGEST_TEXT + 200;

    private static final int FIELDS = 4;

    enum Kind {
        JOIN,
        WELCOME,
        REFUSED,
        SAY,
        NOTICE,
        LEAVE
    }

    static Message join(String name) {
        return new Message(Kind.JOIN, name, "", "");
    }

    static Message leave(String name) {
        return new Message(Kind.LEAVE, name, "", "");
    }

    static Message say(String from, String to, String text) {
        return new Message(Kind.SAY, from, to, text);
    }

    static Message notice(String text) {
        return new Message(Kind.NOTICE, "", "", text);
    }

    /** Whether somebody may be called so: what has no room for spaces cannot be mistaken for a text. */
    static boolean isName(String name) {
        return name.matches("[\\p{L}\\p{N}_-]{1,20}");
    }

    String encode() {
        return String.join("\t", kind.name(), escaped(from), escaped(to), escaped(text));
    }

    /**
     * The message of a line.
     *
     * @throws IOException if it is none: whoever is there does not speak this language
     */
    static Message decode(String line) throws IOException {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() != FIELDS) {
            throw new IOException("no message: " + fields.size() + " fields instead of " + FIELDS);
        }
        try {
            return new Message(
                    Kind.valueOf(fields.get(0)),
                    unescaped(fields.get(1)),
                    unescaped(fields.get(2)),
                    unescaped(fields.get(3)));
        } catch (IllegalArgumentException unknown) {
            throw new IOException("no message: " + fields.get(0), unknown);
        }
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescaped(String field) {
        StringBuilder text = new StringBuilder();
        boolean afterBackslash = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (afterBackslash) {
                text.append(
                        switch (c) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> c;
                        });
                afterBackslash = false;
            } else if (c == '\\') {
                afterBackslash = true;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
