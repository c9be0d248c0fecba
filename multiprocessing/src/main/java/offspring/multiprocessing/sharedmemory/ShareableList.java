package offspring.multiprocessing.sharedmemory;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import offspring.multiprocessing.internal.codec.wire.Form;
import org.jspecify.annotations.Nullable;

/**
 * A list of fixed length in {@link SharedMemory}, whose items are numbers, truth values, texts, bytes and null: Python's {@code
 * multiprocessing.shared_memory.ShareableList}.
 *
 * <pre>{@code
 * try (var list = ShareableList.create(List.of("howdy", -273.154, 100L, true))) {
 *     String name = list.memory().name();
 *     var child = new Process(() -> {
 *         try (var mine = ShareableList.attach(name)) {
 *             mine.set(2, 101L);
 *         }
 *     });
 *     child.start();
 *     child.join();
 *     System.out.println(list.get(2)); // 101
 * }
 * }</pre>
 *
 * <p><b>Items</b> are {@link Long} (an {@link Integer} becomes one), {@link Double}, {@link Boolean}, {@link String}, {@code byte[]} and null.
 * An item may be replaced by one of another type, if it fits: numbers, truth values and null always do; a text, in UTF-8, and bytes do
 * if they are no longer than the slot, which is 8 bytes for what began as a number, and for what began as a text or bytes the next
 * multiple of 8 above its length.
 *
 * <p><b>Alone and contended.</b> No method blocks, and none locks: an item that one process writes while another reads it may be read as a
 * mixture, or be an {@link IllegalStateException}. Use a lock of {@link offspring.multiprocessing} where that can happen.
 *
 * <p><b>Memory effects.</b> None by itself: see the package.
 *
 * <p><b>What can be sent.</b> The list: it attaches on arrival, and no items travel. How long it lives is told at {@link SharedMemory}.
 *
 * <p><b>Differences from Python.</b> Lists made there can be used here, and the other way round, under a chosen name. Zero bytes at the end of a text
 * or of bytes are kept, and slots are measured in bytes, not in characters, so that no text is cut (such an item with zeroes at its
 * end cannot be read there). A negative index is refused.
 *
 * @since 0.1.0
 * @serial exclude
 */
public final class ShareableList implements Iterable<@Nullable Object>, Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    static {
        Form.register(ShareableList.class, new Travel());
    }

    private final transient SharedMemory memory;
    private final transient ListLayout layout;

    private ShareableList(SharedMemory memory, ListLayout layout) {
        this.memory = memory;
        this.layout = layout;
    }

    // ---- making and attaching

    /**
     * A new list for this family of processes.
     *
     * @param items what it holds at first; their number is its length
     * @return the list
     * @throws IllegalArgumentException if an item is of another type, or has 10 million bytes or more
     * @throws IOException if there is no room for it
     */
    public static ShareableList create(List<? extends @Nullable Object> items) throws IOException {
        ListLayout layout = ListLayout.of(items);
        return filled(SharedMemory.create(layout.sizeBytes()), layout, items);
    }

    /**
     * A new list under a name for any process of this user.
     *
     * @param name what others attach to; the name of a file, without {@code /}
     * @param items what it holds at first; their number is its length
     * @return the list
     * @throws IllegalArgumentException if an item is of another type or has 10 million bytes or more, or {@code name} cannot be a
     *     file's
     * @throws java.nio.file.FileAlreadyExistsException if there is memory of this name
     * @throws IOException if there is no room for it
     */
    public static ShareableList create(String name, List<? extends @Nullable Object> items) throws IOException {
        ListLayout layout = ListLayout.of(items);
        return filled(SharedMemory.create(name, layout.sizeBytes()), layout, items);
    }

    private static ShareableList filled(
            SharedMemory memory, ListLayout layout, List<? extends @Nullable Object> items) {
        ByteBuffer buffer = memory.buffer();
        layout.begin(buffer);
        for (int i = 0; i < layout.count(); i++) {
            layout.set(buffer, i, items.get(i));
        }
        return new ShareableList(memory, layout);
    }

    /**
     * The list in the memory that has this name, whoever has made it.
     *
     * @param name the name of its memory
     * @return another object for it
     * @throws IllegalArgumentException if {@code name} cannot be a file's
     * @throws java.nio.file.NoSuchFileException if there is none, or not any more
     * @throws IOException if there is no list in that memory
     */
    public static ShareableList attach(String name) throws IOException {
        return over(SharedMemory.attach(name));
    }

    private static ShareableList over(SharedMemory memory) throws IOException {
        boolean done = false;
        try {
            ShareableList list = new ShareableList(memory, ListLayout.read(memory.buffer(), memory.name()));
            done = true;
            return list;
        } finally {
            if (!done) {
                memory.close();
            }
        }
    }

    // ---- items

    /**
     * How many items it has.
     *
     * @return the number of items
     */
    public int size() {
        return layout.count();
    }

    /**
     * Reads an item.
     *
     * @param index which one
     * @return a Long, Double, Boolean, String, byte[] or null
     * @throws IndexOutOfBoundsException if there is no such item
     * @throws IllegalStateException if this object is closed, or another process writes the item
     */
    public @Nullable Object get(int index) {
        Objects.checkIndex(index, size());
        return layout.get(memory.buffer(), index);
    }

    /**
     * Replaces an item.
     *
     * @param index which one
     * @param value the new one
     * @throws IndexOutOfBoundsException if there is no such item
     * @throws IllegalArgumentException if {@code value} is of another type, or does not fit; the item stays as it was
     * @throws IllegalStateException if this object is closed
     */
    public void set(int index, @Nullable Object value) {
        Objects.checkIndex(index, size());
        layout.set(memory.buffer(), index, value);
    }

    /**
     * How often an item occurs.
     *
     * @param value what is looked for; bytes are the same if their contents are
     * @return the number of items like it
     */
    public int count(@Nullable Object value) {
        int count = 0;
        for (Object item : this) {
            if (isSame(item, value)) {
                count++;
            }
        }
        return count;
    }

    /**
     * Where an item occurs first.
     *
     * @param value what is looked for; bytes are the same if their contents are
     * @return its index
     * @throws IllegalArgumentException if it does not occur
     */
    public int index(@Nullable Object value) {
        for (int i = 0; i < size(); i++) {
            if (isSame(get(i), value)) {
                return i;
            }
        }
        throw new IllegalArgumentException("value " + value + " is not in the list; count it first");
    }

    private static boolean isSame(@Nullable Object item, @Nullable Object value) {
        return Objects.deepEquals(item, value instanceof Integer number ? (Object) number.longValue() : value);
    }

    /**
     * A copy of the items.
     *
     * @return a list that cannot be changed
     */
    public List<@Nullable Object> toList() {
        List<@Nullable Object> items = new ArrayList<>(size());
        forEach(items::add);
        return Collections.unmodifiableList(items);
    }

    /** The items as they are when the iterator comes to them. */
    @Override
    public Iterator<@Nullable Object> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public @Nullable Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the list has " + size() + " items");
                }
                return get(next++);
            }
        };
    }

    // ---- the memory

    /**
     * The memory that it is in: Python's {@code shm}.
     *
     * @return the memory, to be named or unlinked
     */
    public SharedMemory memory() {
        return memory;
    }

    /**
     * How the items are stored, in the letters of Python's module {@code struct}.
     *
     * @return the formats of all items, one after the other
     */
    public String format() {
        ByteBuffer buffer = memory.buffer();
        return IntStream.range(0, size())
                .mapToObj(i -> layout.format(buffer, i))
                .collect(Collectors.joining());
    }

    /** Ends this object's use of the memory. Later calls do nothing. */
    @Override
    public void close() {
        memory.close();
    }

    @Override
    public String toString() {
        boolean closed = memory.statistics().closed();
        return "ShareableList(" + (closed ? "closed" : texts()) + ", name='" + memory.name() + "')";
    }

    private String texts() {
        return toList().stream()
                .map(item -> item instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(item))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    // ---- travelling

    /** What travels is the memory that has the list. */
    private static final class Travel extends Form<ShareableList> {

        @Override
        protected @Nullable Object @Nullable [] depart(ShareableList list) {
            return new Object[] {list.memory};
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) throws IOException {
            return over((SharedMemory) Objects.requireNonNull(parts[0]));
        }
    }

    @SuppressWarnings("serial") // an IOException reaches the caller of the stream
    private Object writeReplace() throws IOException {
        return Form.replace(ShareableList.class, this);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a shareable list travels as a handle, never as itself");
    }
}
