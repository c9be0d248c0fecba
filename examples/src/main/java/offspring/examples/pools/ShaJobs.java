package offspring.examples.pools;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import offspring.core.function.CheckedFunction;
import picocli.CommandLine.Command;

/** The textbook's {@code sha_futures}: each job computes the SHA-256 digest of its bytes. */
@Command(name = "sha-jobs", description = "Jobs of SHA-256, on an executor with 1 to 4 workers.")
final class ShaJobs extends CryptoJobs {

    @Override
    CheckedFunction<Integer, String> job(int kib) {
        return number -> digest(number, kib);
    }

    static String digest(int number, int kib) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(number, kib)));
    }
}
