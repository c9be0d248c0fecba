package offspring.examples.pools;

import java.util.Arrays;
import offspring.core.function.CheckedFunction;
import picocli.CommandLine.Command;

/** The textbook's {@code arcfour_futures}: each job encrypts a text, decrypts it, and compares. */
@Command(name = "arcfour-jobs", description = "Jobs of the cipher arcfour, on an executor with 1 to 4 workers.")
final class ArcfourJobs extends CryptoJobs {

    private static final String KEY = "'Twas brillig, and the slithy toves\nDid gyre";

    @Override
    CheckedFunction<Integer, String> job(int kib) {
        return number -> roundTrip(number, kib);
    }

    private static String roundTrip(int number, int kib) {
        byte[] plain = bytes(number, kib);
        byte[] secret = Arcfour.apply(KEY, plain);
        if (!Arrays.equals(plain, Arcfour.apply(KEY, secret))) {
            throw new IllegalStateException("job " + number + ": what was decrypted is not what was encrypted");
        }
        return Integer.toHexString(Arrays.hashCode(secret));
    }
}
