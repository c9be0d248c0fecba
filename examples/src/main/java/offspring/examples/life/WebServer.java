package offspring.examples.life;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import offspring.examples.Example;
import offspring.futures.Executor;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.TaskTimeoutException;
import offspring.multiprocessing.WorkerLostException;
import offspring.threading.ThreadPoolExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A web server answers on threads, and has the hard work done by a pool of processes that all requests share. A request that kills its
 * worker, or takes too long, gets an error page; the others get their answers.
 */
@Command(name = "web-server", description = "A web server shares a pool of processes among its requests.")
final class WebServer extends Example {

    private static final int THREADS = 4;

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs compute: 2 if not given.")
    private int workers = 2;

    @Option(names = "--requests", paramLabel = "N", description = "How many good requests: 6 if not given.")
    private int requests = 6;

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        inRange("--requests", requests, 1, 1_000);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (Executor threads = new ThreadPoolExecutor(THREADS);
                Executor pool = ProcessPoolExecutor.builder()
                        .maxWorkers(workers)
                        .taskTimeout(Duration.ofSeconds(20))
                        .build()) {
            server.setExecutor(threads);
            server.createContext("/primes", exchange -> answer(exchange, pool));
            server.start();
            try {
                visit(
                        out,
                        "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                                + server.getAddress().getPort());
            } finally {
                server.stop(0);
            }
        }
    }

    /** A page: what a request got. */
    private record Page(int status, String text) {}

    private static void answer(HttpExchange exchange, Executor pool) throws IOException {
        Page page = page(exchange.getRequestURI().getQuery(), pool);
        byte[] bytes = page.text().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(page.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Page page(String query, Executor pool) {
        try {
            int below = Integer.parseInt(query);
            return new Page(200, pool.submit(() -> primesBelow(below)).result() + " primes");
        } catch (NumberFormatException e) {
            return new Page(400, "no number: " + query);
        } catch (WorkerLostException e) {
            return new Page(502, "the worker was lost with exit code " + e.exitCode());
        } catch (TaskTimeoutException e) {
            return new Page(504, "took longer than " + e.limit());
        } catch (InterruptedException e) {
            return new Page(503, "the server shuts down");
        }
    }

    /** Runs in a worker. The number 13 has bad luck. */
    static long primesBelow(int n) {
        if (n == 13) {
            Runtime.getRuntime().halt(13);
        }
        return IntStream.range(2, n)
                .filter(i -> IntStream.rangeClosed(2, (int) Math.sqrt(i)).noneMatch(d -> i % d == 0))
                .count();
    }

    /** The other side: all requests at once. */
    private void visit(PrintWriter out, String server) {
        List<String> paths = new ArrayList<>(List.of("/primes?13", "/primes?many"));
        IntStream.rangeClosed(1, requests).forEach(i -> paths.add("/primes?" + i * 1_000));
        HttpClient client = HttpClient.newHttpClient();
        Map<String, CompletableFuture<HttpResponse<String>>> answers = new LinkedHashMap<>();
        for (String path : paths) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(server + path)).build();
            answers.put(path, client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        answers.forEach((path, answer) -> {
            HttpResponse<String> response = answer.join();
            out.printf("GET %-13s %d %s%n", path, response.statusCode(), response.body());
        });
    }
}
