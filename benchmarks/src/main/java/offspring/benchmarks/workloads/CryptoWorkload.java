package offspring.benchmarks.workloads;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import offspring.benchmarks.programs.Arcfour;
import offspring.benchmarks.programs.Program;
import offspring.core.function.CheckedFunction;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.multiprocessing.ProcessPoolExecutor;

/**
 * B7 and B8, the first edition of Fluent Python: twelve jobs on an executor, results in the order of their completion. An
 * operation is all of it, with the making and the shutdown of the executor. Jobs make their bytes themselves, one random
 * number for each, as published; the sizes are the published ones.
 */
public final class CryptoWorkload {

    private static final int JOBS = 12;
    private static final int ARCFOUR_BYTES = 1 << 18;
    private static final int SHA_BYTES = 1 << 20;
    private static final int MIXINGS = 20;
    private static final int HEX_DIGITS = 64;
    private static final byte[] KEY =
            "'Twas brillig, and the slithy toves\nDid gyre".getBytes(StandardCharsets.US_ASCII);

    private CryptoWorkload() {}

    /** B7: jobs of 384 down to about 149 KiB, which encrypt, decrypt and compare. */
    public static Program arcfour(int workers) {
        List<Integer> sizes = arcfourSizes();
        return repeated(() -> {
            List<Integer> done = completed(workers, CryptoWorkload::encryptAndDecrypt, sizes);
            done.sort(Collections.reverseOrder());
            Checks.equal(sizes, done, "the sizes that came back");
        });
    }

    /** B8: twelve mebibytes, hashed one by one. */
    public static Program sha256(int workers) {
        return sha256(workers, SHA_BYTES);
    }

    static Program sha256(int workers, int bytesOfJob) {
        List<Integer> sizes = Collections.nCopies(JOBS, bytesOfJob);
        return repeated(() -> {
            List<String> digests = completed(workers, CryptoWorkload::hash, sizes);
            Checks.equal(JOBS, new HashSet<>(digests).size(), "the number of different digests");
            digests.forEach(digest -> Checks.equal(HEX_DIGITS, digest.length(), "the length of the digest " + digest));
        });
    }

    /** The published sizes, largest first. */
    static List<Integer> arcfourSizes() {
        return IntStream.rangeClosed(1, JOBS)
                .mapToObj(i -> JOBS + 1 - i)
                .map(i -> ARCFOUR_BYTES + (int) ((double) ARCFOUR_BYTES / JOBS * (i - JOBS / 2)))
                .toList();
    }

    private static Program repeated(Once once) {
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                once.run();
            }
            return System.nanoTime() - start;
        };
    }

    private static <R> List<R> completed(int workers, CheckedFunction<Integer, R> job, List<Integer> sizes) {
        List<R> results = new ArrayList<>();
        try (ProcessPoolExecutor executor = new ProcessPoolExecutor(workers)) {
            List<Future<R>> futures = new ArrayList<>();
            for (Integer size : sizes) {
                futures.add(executor.submit(() -> job.applyChecked(size)));
            }
            for (Future<R> future : Futures.asCompleted(futures)) {
                results.add(future.join());
            }
        }
        return results;
    }

    static int encryptAndDecrypt(int size) {
        byte[] text = randomBytes(size);
        byte[] bytes = text.clone();
        new Arcfour(KEY, MIXINGS).apply(bytes, size);
        new Arcfour(KEY, MIXINGS).apply(bytes, size);
        return Arrays.equals(text, bytes) ? size : -size;
    }

    static String hash(int size) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(randomBytes(size)));
    }

    private static byte[] randomBytes(int size) {
        SplittableRandom random = new SplittableRandom();
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** All jobs, once. */
    private interface Once {
        void run() throws Exception;
    }
}
