package offspring.multiprocessing.internal.launch;

import java.io.*;

final class WorkCodec {
    private WorkCodec() {}

    static Object decode(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
