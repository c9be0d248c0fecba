package offspring.benchmarks.curves;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import offspring.benchmarks.IdleMemory;
import offspring.benchmarks.Scripts;
import offspring.benchmarks.compare.PythonPrograms;
import offspring.benchmarks.compare.Summary;

/** The memory of workers that wait, by their number. */
final class MemoryCurves {

    private static final double KIB_OF_MB = 1024;

    private final PythonPrograms rivals;
    private final PrintWriter log;
    private final Curves curves = new Curves("worker-memory");

    MemoryCurves(PythonPrograms rivals, PrintWriter log) {
        this.rivals = rivals;
        this.log = log;
    }

    List<Curve> measure(List<Integer> counts) throws Exception {
        try (Scripts scripts = IdleMemory.scripts()) {
            for (int count : counts) {
                add("ProcessPool", count, IdleMemory.ofPool(count));
                add("standing by", count, IdleMemory.ofReserve(count));
                if (rivals.areHere()) {
                    add("CPython Pool (spawn)", count, IdleMemory.ofPython(scripts, rivals.command(), "spawn", count));
                }
                log.println("measured: memory of " + count + " workers");
                log.flush();
            }
        }
        return curves.list();
    }

    private void add(String line, int count, long... kib) {
        if (kib.length > 0) {
            curves.add(
                    line,
                    count,
                    Summary.of(Arrays.stream(kib)
                            .mapToObj(each -> each / KIB_OF_MB)
                            .toList()));
        }
    }
}
