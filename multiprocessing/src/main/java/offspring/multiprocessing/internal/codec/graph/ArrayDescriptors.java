package offspring.multiprocessing.internal.codec.graph;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;

/**
 * Stream descriptors of array classes, without their serial version.
 *
 * <p>A stream compares no serial versions of arrays, but it asks a descriptor that was looked up for its own, and that
 * computes a SHA digest: the first array in a fresh JVM, the captured arguments of every lambda for example, would
 * initialize the security providers. A descriptor that was read from bytes has the number that the bytes say.
 */
final class ArrayDescriptors extends ObjectInputStream {

    private ArrayDescriptors(byte[] bytes) throws IOException {
        super(new ByteArrayInputStream(bytes));
    }

    /** A descriptor of the array class; its {@code forClass()} is null, as of any that a stream has just read. */
    static ObjectStreamClass of(Class<?> arrayType) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF(arrayType.getName());
        out.writeLong(0);
        out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
        out.writeShort(0);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        out = new DataOutputStream(block);
        out.writeByte(ObjectStreamConstants.TC_BLOCKDATALONG);
        out.writeInt(body.size());
        body.writeTo(out);
        try (ArrayDescriptors descriptors = new ArrayDescriptors(block.toByteArray())) {
            return descriptors.readClassDescriptor();
        }
    }

    @Override
    protected void readStreamHeader() {
        // The bytes begin with the descriptor.
    }
}
