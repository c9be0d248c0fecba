package offspring.multiprocessing.internal.codec.wire;

/**
 * The first byte of every value, and what follows it.
 *
 * <pre>
 *   message = value                                          nothing may follow it
 *   value   = tag:u8 body
 *
 *   tag   value            body
 *   ────  ───────────────  ──────────────────────────────────────────────────────────────────────
 *   0x01  null             –
 *   0x02  true             –
 *   0x03  false            –
 *   0x04  Byte             u8
 *   0x05  Short            u16
 *   0x06  Character        u16
 *   0x07  Integer          varint(zigzag)                    1 byte for -64 … 63
 *   0x08  Long             varint(zigzag)
 *   0x09  Float            u32, raw bits
 *   0x0a  Double           u64, raw bits
 *   0x0b  String           varint n, n × u8                  every char below 0x100
 *   0x0c  String           varint n, n × u16                 any other, lone surrogates included
 *   0x10  boolean[]        varint n, n × u8
 *   0x11  byte[]           varint n, n × u8
 *   0x12  short[]          varint n, n × u16
 *   0x13  char[]           varint n, n × u16
 *   0x14  int[]            varint n, n × u32
 *   0x15  long[]           varint n, n × u64
 *   0x16  float[]          varint n, n × u32
 *   0x17  double[]         varint n, n × u64
 *   0x20  Object[]         varint n, n × value
 *   0x21  String[]         varint n, n × value               each null or a String
 *   0x22  ArrayList        varint n, n × value
 *   0x23  List.of          varint n, n × value               none null
 *   0x24  Stream.toList    varint n, n × value
 *   0x25  HashSet          varint n, n × value
 *   0x26  LinkedHashSet    varint n, n × value
 *   0x27  Set.of           varint n, n × value               none null
 *   0x28  ArrayDeque       varint n, n × value               none null
 *   0x29  HashMap          varint n, n × (value value)
 *   0x2a  LinkedHashMap    varint n, n × (value value)       insertion order only
 *   0x2b  Map.of           varint n, n × (value value)       none null
 *   0x30  enum constant    class, value                      a String, its name
 *   0x31  record           class, varint n, n × value        its components
 *   0x32  lambda           4 × value, u8, 4 × value, varint n, n × value      the fields of SerializedLambda in order
 *   0x33  shared object    class, varint n, n × value        its {@link Form}, and the parts of it
 *   0x34  the same again   varint k                          the k-th shared object that ended before this one, from 0
 *   0x40  any graph        u32 s, s bytes of object stream, then arrays that were taken out of it:
 *   0x41  any deep graph     (tag:u8 varint n, n elements)…  only as the whole message
 *
 *   class   varint: 0 and a value, its name as a String; or k > 0, the k-th class that the message named so
 *   varint  groups of seven bits, the lowest first, the eighth bit says that another one follows
 *   u16 … u64 and the elements of arrays are little-endian
 * </pre>
 *
 * <p>Zero is no tag, so that a message read from memory that nobody wrote is refused at its first byte. A graph never
 * nests in a plain value: either the whole message is plain, or the whole message is one graph, because two streams
 * could not share an object.
 */
public final class Tags {

    public static final byte NULL = 0x01;
    public static final byte TRUE = 0x02;
    public static final byte FALSE = 0x03;
    public static final byte BYTE = 0x04;
    public static final byte SHORT = 0x05;
    public static final byte CHARACTER = 0x06;
    public static final byte INTEGER = 0x07;
    public static final byte LONG = 0x08;
    public static final byte FLOAT = 0x09;
    public static final byte DOUBLE = 0x0a;
    public static final byte STRING_LATIN1 = 0x0b;
    public static final byte STRING_UTF16 = 0x0c;

    public static final byte BOOLEANS = 0x10;
    public static final byte BYTES = 0x11;
    public static final byte SHORTS = 0x12;
    public static final byte CHARS = 0x13;
    public static final byte INTS = 0x14;
    public static final byte LONGS = 0x15;
    public static final byte FLOATS = 0x16;
    public static final byte DOUBLES = 0x17;

    public static final byte OBJECT_ARRAY = 0x20;
    public static final byte STRING_ARRAY = 0x21;
    public static final byte ARRAY_LIST = 0x22;
    public static final byte IMMUTABLE_LIST = 0x23;
    public static final byte NULLABLE_LIST = 0x24;
    public static final byte HASH_SET = 0x25;
    public static final byte LINKED_HASH_SET = 0x26;
    public static final byte IMMUTABLE_SET = 0x27;
    public static final byte ARRAY_DEQUE = 0x28;
    public static final byte HASH_MAP = 0x29;
    public static final byte LINKED_HASH_MAP = 0x2a;
    public static final byte IMMUTABLE_MAP = 0x2b;

    public static final byte ENUM = 0x30;
    public static final byte RECORD = 0x31;
    public static final byte LAMBDA = 0x32;
    public static final byte SHARED = 0x33;
    public static final byte AGAIN = 0x34;

    public static final byte GRAPH = 0x40;
    public static final byte DEEP_GRAPH = 0x41;

    /** Containers nested deeper than this travel as a graph; a plain value that claims more is refused. */
    public static final int MAX_PLAIN_DEPTH = 64;

    private Tags() {}

    /** Whether the tag opens an array of primitives. */
    public static boolean isPrimitiveArray(int tag) {
        return tag >= BOOLEANS && tag <= DOUBLES;
    }
}
