package offspring.integration;

/** What users are told where the library does not run; the guide quotes it. */
final class Refusals {

    static final String SILENT_LOADER =
            "it does not tell where it reads them; start the program from a class path or a module"
                    + " path, or from jar files in a URLClassLoader";

    static final String STRANGE_LOADER = "load both by one loader, or put both on the class path";

    static final String NO_PLACE = "choose a writable place with -Doffspring.directory=DIRECTORY";

    private Refusals() {}
}
