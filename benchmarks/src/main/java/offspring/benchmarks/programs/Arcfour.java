package offspring.benchmarks.programs;

/** The cipher's state; encrypting and decrypting are the same. Not for several threads. */
public final class Arcfour {

    private static final int STATE = 256;

    private final int[] box = new int[STATE];
    private int i;
    private int j;

    /**
     * Mixes a key in.
     *
     * @param key at least one byte
     * @param times how often it is mixed in
     */
    public Arcfour(byte[] key, int times) {
        for (int k = 0; k < STATE; k++) {
            box[k] = k;
        }
        int mixed = 0;
        for (int k = 0; k < times * STATE; k++) {
            int at = k % STATE;
            mixed = (mixed + box[at] + (key[at % key.length] & 0xff)) & (STATE - 1);
            swap(at, mixed);
        }
    }

    /**
     * Encrypts or decrypts in place.
     *
     * @param bytes where the text is
     * @param length how long it is
     */
    public void apply(byte[] bytes, int length) {
        for (int k = 0; k < length; k++) {
            i = (i + 1) & (STATE - 1);
            j = (j + box[i]) & (STATE - 1);
            swap(i, j);
            bytes[k] ^= (byte) box[(box[i] + box[j]) & (STATE - 1)];
        }
    }

    private void swap(int a, int b) {
        int kept = box[a];
        box[a] = box[b];
        box[b] = kept;
    }
}
