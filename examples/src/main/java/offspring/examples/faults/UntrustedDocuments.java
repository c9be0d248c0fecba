package offspring.examples.faults;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import offspring.examples.Example;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.WorkerTrace;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Documents from strangers are parsed in child JVMs with a small heap. One of them is a bomb: some kilobytes that unpack to more
 * elements than fit into any heap one likes to give. It costs its own call; the other documents and this JVM notice nothing.
 */
@Command(
        name = "untrusted-documents",
        description = "A document that eats all memory costs only itself: it is parsed in a JVM with a small heap.")
final class UntrustedDocuments extends Example {

    private static final String HEAP = "32m";
    private static final int BOMB_ELEMENTS = 2_500_000;

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs parse: 2 if not given.")
    private int workers = 2;

    /** A document as it came: packed. */
    record Document(String name, byte[] packed) implements Serializable {}

    /** What became of it. */
    record Summary(String root, int elements) implements Serializable {}

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        List<Document> documents = documents();
        List<Outcome<Summary>> outcomes;
        try (Pool pool = ProcessPool.builder().maxWorkers(workers).maxHeap(HEAP).build()) {
            outcomes = pool.mapOutcomes(UntrustedDocuments::parse, documents);
        }
        for (int i = 0; i < documents.size(); i++) {
            Document document = documents.get(i);
            out.printf("%-12s %6d bytes: %s%n", document.name(), document.packed().length, told(outcomes.get(i)));
        }
        out.println(outcomes.stream().filter(Outcome::succeeded).count() + " of " + documents.size()
                + " documents are read, and this JVM is as well as before");
    }

    private static String told(Outcome<Summary> outcome) {
        Summary summary = outcome.value();
        if (summary != null) {
            return "<" + summary.root() + ">, " + summary.elements() + " elements";
        }
        Throwable failure = outcome.failure();
        if (failure instanceof OutOfMemoryError) {
            WorkerTrace trace = WorkerTrace.of(failure);
            String worker = trace == null ? "its worker" : trace.worker().orElse("its worker");
            return "needs more than " + HEAP + " of heap; " + worker + " was replaced";
        }
        return "refused: " + (failure == null ? "nothing was said" : failure.getMessage());
    }

    /** Runs in a worker. */
    static Summary parse(Document document) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new DefaultHandler()); // throws, and prints nothing
        try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(document.packed()))) {
            Element root = parser.parse(text).getDocumentElement();
            return new Summary(
                    root.getTagName(), 1 + root.getElementsByTagName("*").getLength());
        }
    }

    private static List<Document> documents() throws IOException {
        List<Document> all = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            all.add(new Document("order-" + i, packed("<order>", "<item/>", i, "</order>")));
        }
        all.add(2, new Document("torn", packed("<order>", "<item>", 1, "</order>")));
        all.add(3, new Document("bomb", packed("<order>", "<item/>", BOMB_ELEMENTS, "</order>")));
        return all;
    }

    private static byte[] packed(String begin, String item, int times, String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packer = new GZIPOutputStream(bytes, 1 << 16)) {
            packer.write(begin.getBytes(StandardCharsets.UTF_8));
            int atOnce = Math.min(times, 10_000);
            byte[] items = item.repeat(atOnce).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times; i += atOnce) {
                packer.write(items);
            }
            packer.write(end.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
