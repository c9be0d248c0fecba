package offspring.benchmarks.report;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import offspring.benchmarks.compare.Standing;

/** The rows of the comparison, by what they are about: a picture and a table each. A row is in the first one that fits. */
enum Group {
    STARTS(
            "starts",
            "Starts of processes and pools",
            "^(process-start|process-standby|pool-start|pool-standby)",
            "A JVM starts more slowly than a process is forked; the class archive and JVMs that stand by are against that."
                    + " *First* is a program's first start."),
    ONE_JVM(
            "one-jvm",
            "Locks, queues and threads in one JVM",
            "^(lock|rlock|semaphore|queue-|thread-start)",
            "Beside CPython's `threading` and `queue`, and beside `java.util.concurrent`, whose speed is the goal."),
    PROCESSES(
            "processes",
            "Pipes, locks and queues between processes",
            "^(pipe|shared|process)",
            "Messages go through rings in shared memory. *After 1 s idle* is one operation that wakes both sides. A ring"
                    + " that spins and survives no death is shown to tell what is possible at best."),
    WORKLOADS(
            "workloads",
            "Published workloads",
            "^workload-(?!classic)",
            "Programs that books, and the benchmarks and issues of other libraries, have published, as near to the original as one"
                    + " machine allows; where something is smaller, the pages of the classes say so. Most start their workers"
                    + " anew in each operation, as published, so a JVM's start and cold code are in the time. Where tasks sleep, the"
                    + " best that is possible is to be as fast."),
    CLASSIC(
            "classic",
            "The classic benchmark of multiprocessing",
            "^workload-classic",
            "Strings of 256 characters, reads of a shared array, a lock, and two parties that wake each other through a condition."
                    + " The lines of managers are left out, since the library has none; locks that have rows elsewhere are not"
                    + " repeated."),
    POOLS(
            "pools",
            "Pools and executors",
            "",
            "Trivial calls: what is measured is the hand-over. The speed-up rows put two workers beside one.");

    private final String id;
    private final String title;
    private final Pattern rows;
    private final String text;

    Group(String id, String title, String rows, String text) {
        this.id = id;
        this.title = title;
        this.rows = Pattern.compile(rows);
        this.text = text;
    }

    /** The name of the picture. */
    String id() {
        return "compare-" + id;
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    /** Where the row with the given id belongs. */
    static Group of(String row) {
        for (Group group : values()) {
            if (group.rows.matcher(row).find()) {
                return group;
            }
        }
        throw new IllegalStateException("the last group takes every row, but not " + row);
    }

    /** The lines that have a rival, of this group. */
    List<Standing> compared(List<Standing> standings) {
        return standings.stream()
                .filter(standing -> of(standing.row()) == this)
                .filter(standing -> Objects.nonNull(standing.shareOfRival()))
                .toList();
    }
}
