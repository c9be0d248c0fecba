package offspring.threading.children;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import offspring.futures.Parallel;

/** Names no executor, and has no module that offers a better one than threads. */
public final class UsesParallel {

    private UsesParallel() {}

    public static void main(String[] args) throws Exception {
        var place = Parallel.<Integer, String>parallel(x ->
                ProcessHandle.current().pid() + " " + Thread.currentThread().getName());
        String[] found = place.apply(1).result().split(" ");
        System.out.println(found[0].equals("" + ProcessHandle.current().pid()) + " " + found[1]);
        Set<Integer> seen = new ConcurrentSkipListSet<>();
        Parallel.forEach(List.of(3, 1, 2), seen::add);
        System.out.println(seen);
    }
}
