package offspring.multiprocessing.internal.launch.diagnosis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import offspring.core.internal.Logs;

/**
 * The ports at which debuggers may attach to the children of this process: one each, since a JVM that cannot listen at its port ends at
 * once.
 *
 * <p>A port is tried by listening at it for a moment; then the child listens there itself. Between the two another program might take it,
 * and the child's standard error would say so; children of this process cannot, since ports are theirs until they have ended.
 */
final class DebugPorts {

    private static final int MOST = 1_000;
    private static final int LAST = 0xffff;
    private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

    private DebugPorts() {}

    /** The address of this machine that no other machine can reach. */
    static InetAddress host() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /**
     * A free port, which is the caller's until it is {@linkplain #release released}.
     *
     * @param first the first one that may be it; 0: any
     */
    static int take(int first) throws IOException {
        int end = first == 0 ? MOST : Math.min(LAST, first + MOST - 1);
        for (int candidate = first; candidate <= end; candidate++) {
            int port = first != 0 && TAKEN.contains(candidate) ? 0 : probe(first == 0 ? 0 : candidate);
            if (port > 0 && TAKEN.add(port)) {
                return port;
            }
        }
        throw new IOException("no port from " + first + " to " + end
                + " is free for a debugger; give another one, or 0, which is any that is free");
    }

    private static int probe(int candidate) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the JVM does
            socket.bind(new InetSocketAddress(host(), candidate), 1);
            return socket.getLocalPort();
        } catch (java.net.BindException e) {
            Logs.of(DebugPorts.class).trace("port {} is in use", candidate, e);
            return 0;
        }
    }

    static void release(int port) {
        TAKEN.remove(port);
    }
}
