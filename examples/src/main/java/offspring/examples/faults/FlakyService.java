package offspring.examples.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import offspring.examples.Example;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.RetryPolicy;
import offspring.multiprocessing.WorkerTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A service that fails at times is asked again, after longer and longer pauses, as a policy says; what fails for good says how often. */
@Command(
        name = "flaky-service",
        description = "Questions to a service that fails at times are asked again, with pauses, as a policy says.")
final class FlakyService extends Example {

    /** How often the service fails before it answers, by city. */
    private static final Map<String, Integer> FAILURES = Map.of("Oslo", 0, "Lima", 1, "Cairo", 2, "Atlantis", 1_000);

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs ask: 2 if not given.")
    private int workers = 2;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "How often a question is asked at most: 4 if not given.")
    private int attempts = 4;

    /** The service is busy: worth another attempt. */
    static final class BusyException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(message);
        }
    }

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        inRange("--attempts", attempts, 1, 10);
        HttpServer service = service();
        service.start();
        try {
            ask(
                    out,
                    "http://" + service.getAddress().getAddress().getHostAddress() + ":"
                            + service.getAddress().getPort() + "/");
        } finally {
            service.stop(0);
        }
    }

    private void ask(PrintWriter out, String address) throws InterruptedException {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(attempts)
                .idempotent(true) // asking twice does no harm
                .retryOn(failure -> failure instanceof BusyException || RetryPolicy.isLoss(failure))
                .backoff(Duration.ofMillis(20), 2, Duration.ofMillis(500))
                .build();
        List<String> cities = FAILURES.keySet().stream().sorted().toList();
        List<Outcome<String>> outcomes;
        try (Pool pool =
                ProcessPool.builder().maxWorkers(workers).retries(policy).build()) {
            outcomes = pool.mapOutcomes(city -> get(address + city), cities);
        }
        for (int i = 0; i < cities.size(); i++) {
            out.printf("%-9s %s%n", cities.get(i), told(outcomes.get(i)));
        }
    }

    private static String told(Outcome<String> outcome) {
        Throwable failure = outcome.failure();
        if (failure == null) {
            return outcome.get();
        }
        WorkerTrace trace = WorkerTrace.of(failure);
        int made = trace == null ? 1 : trace.attempts().size();
        return "given up after " + made + (made == 1 ? " attempt: " : " attempts: ") + failure.getMessage();
    }

    /** Runs in a worker. */
    static String get(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        try {
            if (connection.getResponseCode() == HttpURLConnection.HTTP_UNAVAILABLE) {
                throw new BusyException("HTTP 503, service unavailable");
            }
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static HttpServer service() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        server.createContext("/", exchange -> {
            String city = exchange.getRequestURI().getPath().substring(1);
            int times = asked.merge(city, 1, Integer::sum);
            if (times <= FAILURES.getOrDefault(city, 0)) {
                answer(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "busy");
            } else {
                answer(exchange, HttpURLConnection.HTTP_OK, "answered when asked for the " + times + ". time");
            }
        });
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
