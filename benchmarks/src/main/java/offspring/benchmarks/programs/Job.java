package offspring.benchmarks.programs;

import offspring.core.function.CheckedFunction;

/** A job that keeps a processor busy for as long as its size says, and checks its own result. */
public enum Job {

    /** Trial division of a prime by as many divisors as the size says. */
    PRIMES("primes", "prime checks"),

    /** A cipher over as many bytes as the size says, there and back. */
    ARCFOUR("arcfour", "arcfour"),

    /** A hash of as many bytes as the size says. */
    SHA256("sha256", "SHA-256"),

    /** As many points of the Mandelbrot set as the size says. */
    MANDELBROT("mandelbrot", "Mandelbrot set"),

    /** As many elements of a product of matrices as the size says. */
    MATRIX("matrix", "matrix product");

    private final String id;
    private final String title;

    Job(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** A name for files. */
    public String id() {
        return id;
    }

    /** A name for people. */
    public String title() {
        return title;
    }

    /** What a worker calls with the size; returns the size if all went well. */
    public CheckedFunction<Long, Long> work() {
        return switch (this) {
            case PRIMES -> CpuJobs::divisions;
            case ARCFOUR -> CpuJobs::arcfour;
            case SHA256 -> CpuJobs::sha256;
            case MANDELBROT -> CpuJobs::mandelbrot;
            case MATRIX -> CpuJobs::matrix;
        };
    }
}
