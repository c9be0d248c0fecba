package offspring.examples.flags;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import offspring.futures.Executor;
import offspring.threading.ThreadPoolExecutor;

/**
 * A server of flags on this machine, with the manners that it is told. What it does with a country depends on the country's code only, so
 * that each run sees the same.
 */
final class FlagServer implements AutoCloseable {

    /** The most populous countries, which are those that have a flag here. */
    static final Set<String> COUNTRIES = Set.of(
            "CN", "IN", "US", "ID", "BR", "PK", "NG", "BD", "RU", "JP", "MX", "PH", "VN", "ET", "EG", "DE", "IR", "TR",
            "CD", "FR");

    private static final int THREADS = 64;
    private static final int LEAST_DELAY_MILLIS = 40;
    private static final int DELAY_RANGE_MILLIS = 160;

    /** Requests that may wait for their turn; those beyond would be made again, a second later. */
    private static final int BACKLOG = 1_000;

    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** How a server behaves. */
    enum Manners {
        /** Answers at once. */
        LOCAL,
        /** Answers late. */
        DELAY,
        /** Answers late, refuses every fourth country, and hangs up on others. */
        ERROR
    }

    private final Manners manners;
    private final HttpServer server;
    private final Executor executor = new ThreadPoolExecutor(THREADS);

    FlagServer(Manners manners) throws IOException {
        this.manners = manners;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(executor);
        server.createContext("/flags/", this::answer);
        server.start();
    }

    /** Where the flag of a country would be. */
    URI address(String code) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/flags/" + code.toLowerCase(Locale.ROOT) + ".svg");
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String code =
                    path.replaceFirst(".*/", "").replaceFirst("[.]svg$", "").toUpperCase(Locale.ROOT);
            int fate = Math.floorMod(code.hashCode() * 31, 1_000);
            delay(fate);
            if (manners == Manners.ERROR && fate % 4 == 0) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
            } else if (manners == Manners.ERROR && fate % 7 == 0) {
                return; // hangs up without an answer
            } else if (COUNTRIES.contains(code)) {
                byte[] flag = flag(code).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "image/svg+xml");
                exchange.sendResponseHeaders(200, flag.length);
                exchange.getResponseBody().write(flag);
            } else {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
            }
        }
    }

    private void delay(int fate) throws IOException {
        if (manners == Manners.LOCAL) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(LEAST_DELAY_MILLIS + fate % DELAY_RANGE_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server is stopped");
        }
    }

    /** Three stripes in colours of its own: nobody's real flag. */
    private static String flag(String code) {
        StringBuilder svg = new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'>");
        for (int stripe = 0; stripe < 3; stripe++) {
            int colour = (code + stripe).hashCode() & 0xFFFFFF;
            svg.append(String.format("<path d='M%d 0h1v2h-1z' fill='#%06x'/>", stripe, colour));
        }
        return svg.append("<title>").append(code).append("</title></svg>\n").toString();
    }
}
