package offspring.examples.pools;

import java.nio.charset.StandardCharsets;

/** The textbook's stream cipher: easy to read, slow enough to be worth a processor, and too weak to protect anything. */
final class Arcfour {

    private static final int STATES = 256;

    /** How often the key is mixed in. */
    private static final int LOOPS = 20;

    private Arcfour() {}

    /** Encrypts, or decrypts what was encrypted with the same key. */
    static byte[] apply(byte[] key, byte[] data) {
        if (key.length == 0) {
            throw new IllegalArgumentException("key: empty; give at least one byte");
        }
        int[] box = box(key);
        byte[] result = new byte[data.length];
        int x = 0;
        int y = 0;
        for (int i = 0; i < data.length; i++) {
            x = (x + 1) % STATES;
            y = (y + box[x]) % STATES;
            swap(box, x, y);
            result[i] = (byte) (data[i] ^ box[(box[x] + box[y]) % STATES]);
        }
        return result;
    }

    static byte[] apply(String key, byte[] data) {
        return apply(key.getBytes(StandardCharsets.UTF_8), data);
    }

    /** A permutation of all bytes that depends on the key. */
    private static int[] box(byte[] key) {
        int[] box = new int[STATES];
        for (int i = 0; i < STATES; i++) {
            box[i] = i;
        }
        int x = 0;
        for (int loop = 0; loop < LOOPS; loop++) {
            for (int i = 0; i < STATES; i++) {
                x = (x + box[i] + (key[i % key.length] & 0xFF)) % STATES;
                swap(box, i, x);
            }
        }
        return box;
    }

    private static void swap(int[] box, int i, int j) {
        int kept = box[i];
        box[i] = box[j];
        box[j] = kept;
    }
}
