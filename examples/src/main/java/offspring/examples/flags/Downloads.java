package offspring.examples.flags;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.futures.Progress;
import offspring.threading.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The download of many flags at the same time. The futures are the keys of a dictionary whose values say what each of them is about: a
 * future that is done tells its result, the dictionary tells whose result it is.
 */
final class Downloads {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int NOT_FOUND = 404;

    private final FlagServer server;
    private final @Nullable Path directory;
    private final PrintWriter out;
    private final boolean verbose;

    /**
     * A download.
     *
     * @param server where from
     * @param directory where to, or null to throw the flags away
     * @param out where to tell
     * @param verbose whether to tell of what went well, too
     */
    Downloads(FlagServer server, @Nullable Path directory, PrintWriter out, boolean verbose) {
        this.server = server;
        this.directory = directory;
        this.out = out;
        this.verbose = verbose;
    }

    /** Downloads all, at most so many at a time, and counts how they ended. */
    Map<Status, Integer> all(List<String> codes, int workers, Progress progress) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        try (Executor executor = new ThreadPoolExecutor(workers)) {
            Map<Future<Status>, String> toDo = new LinkedHashMap<>();
            for (String code : codes) {
                toDo.put(executor.submit(() -> one(code)), code);
            }
            for (Future<Status> done : Futures.asCompleted(toDo.keySet(), progress)) {
                counts.merge(outcome(done, requireNonNull(toDo.get(done))), 1, Integer::sum);
            }
        }
        return counts;
    }

    private Status outcome(Future<Status> done, String code) {
        try {
            Status status = done.join();
            if (verbose) {
                out.println(code + ": " + status.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
            return status;
        } catch (CompletionException failure) {
            Throwable cause = requireNonNull(failure.getCause());
            out.println("*** " + code + ": " + requireNonNull(cause.getMessage(), cause::toString));
            return Status.ERROR;
        }
    }

    private Status one(String code) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.address(code).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Connection", "close");
        try {
            int answer = connection.getResponseCode();
            if (answer == NOT_FOUND) {
                return Status.NOT_FOUND;
            }
            if (answer != HttpURLConnection.HTTP_OK) {
                throw new IOException("the server answers " + answer);
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] flag = body.readAllBytes();
                if (directory != null) {
                    Files.write(directory.resolve(code.toLowerCase(Locale.ROOT) + ".svg"), flag);
                }
            }
            return Status.DOWNLOADED;
        } finally {
            connection.disconnect();
        }
    }
}
