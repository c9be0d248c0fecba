package offspring.testkit.conformance;

/**
 * One test method of CPython's suite.
 *
 * @param file the file that defines it, without ending: {@code lock_tests}
 * @param owner the class whose body defines it, a mixin as well as any other: {@code BaseLockTests}
 * @param method the method: {@code test_try_acquire}
 * @param sensible whether what it checks makes sense on a JVM
 * @param reason why not, empty if it does
 */
public record CPythonCase(String file, String owner, String method, boolean sensible, String reason) {

    /** {@code file.Class.method}: the form that {@code @FromCPython} takes. */
    public String name() {
        return ownerName() + "." + method;
    }

    /** {@code file.Class}. */
    public String ownerName() {
        return file + "." + owner;
    }

    /** Whether CPython checks this between processes, so that only a test between processes of ours covers it. */
    public boolean betweenProcesses() {
        return file.equals("_test_multiprocessing");
    }
}
