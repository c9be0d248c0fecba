package offspring.readme;

import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;

/** The README's example of a child JVM and a pipe. */
final class ProcessExample {

    private ProcessExample() {}

    static int run() throws Exception {
        // region process
        Pipe pipe = Pipe.duplex();
        Connection ours = pipe.first(), theirs = pipe.second();
        var child = new Process(() -> {
            for (Integer n; (n = theirs.recv(Integer.class)) != null; ) theirs.send(n * n);
        });
        child.start();
        ours.send(12);
        System.out.println(ours.recv(Integer.class)); // 144, computed in another JVM
        ours.send(null);
        child.join();
        System.out.println(child.exitcode().getAsInt()); // 0
        // endregion
        return child.exitcode().getAsInt();
    }
}
