package offspring.multiprocessing.internal.codec.wire;

import org.jspecify.annotations.Nullable;

/**
 * A set of objects by identity, made for few.
 *
 * <p>Up to eight objects lie in a row and are compared one by one; beyond that the same array is an open hash table with
 * linear probing, at most half full.
 */
final class SeenObjects {

    private static final int ROW = 8;

    private @Nullable Object[] slots = new Object[ROW];
    private int size;

    /** Adds the object; false when it was there. */
    boolean add(Object object) {
        if (slots.length == ROW) {
            for (int i = 0; i < size; i++) {
                if (slots[i] == object) {
                    return false;
                }
            }
            if (size < ROW) {
                slots[size++] = object;
                return true;
            }
            rehash(4 * ROW);
        } else if (size * 2 >= slots.length) {
            rehash(slots.length * 2);
        }
        if (place(slots, object)) {
            size++;
            return true;
        }
        return false;
    }

    private void rehash(int capacity) {
        @Nullable Object[] larger = new Object[capacity];
        for (Object object : slots) {
            if (object != null) {
                place(larger, object);
            }
        }
        slots = larger;
    }

    private static boolean place(@Nullable Object[] table, Object object) {
        int mask = table.length - 1;
        int hash = System.identityHashCode(object);
        int i = (hash ^ (hash >>> 15)) & mask;
        while (table[i] != null) {
            if (table[i] == object) {
                return false;
            }
            i = (i + 1) & mask;
        }
        table[i] = object;
        return true;
    }
}
