package offspring.examples.life;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import offspring.examples.Example;
import offspring.futures.ConsoleProgress;
import offspring.futures.Pool;
import offspring.multiprocessing.ProcessPool;
import offspring.threading.ThreadPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pictures are made small by a pool, while a bar shows how far it is. Threads or processes: it is one line. */
@Command(name = "thumbnails", description = "Makes pictures small in a pool, with a progress bar.")
final class Thumbnails extends Example {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 200;
    private static final int LONG_SIDE = 48;

    @Option(names = "--workers", paramLabel = "N", description = "How many workers: 2 if not given.")
    private int workers = 2;

    @Option(names = "--pictures", paramLabel = "N", description = "How many pictures: 24 if not given.")
    private int count = 24;

    @Option(
            names = "--processes",
            description = "Child JVMs in place of threads, for pictures that one does not trust.")
    private boolean processes;

    /** A picture as a file would have it. */
    record Picture(String name, byte[] png) implements Serializable {}

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        inRange("--pictures", count, 1, 10_000);
        prepare();
        List<Picture> pictures = pictures();
        List<Picture> small;
        try (Pool pool = processes ? new ProcessPool(workers) : new ThreadPool(workers);
                ConsoleProgress bar = ConsoleProgress.of("thumbnails")) {
            small = pool.withProgress(bar).map(Thumbnails::shrink, pictures);
        }
        BufferedImage first = read(small.get(0));
        out.println(small.size() + " pictures of " + WIDTH + "x" + HEIGHT + " are now " + first.getWidth() + "x"
                + first.getHeight());
        out.println(bytes(pictures) / 1024 + " KB have become " + bytes(small) / 1024 + " KB");
    }

    /** Runs in a worker. */
    static Picture shrink(Picture large) throws IOException {
        prepare();
        BufferedImage from = read(large);
        double scale = (double) LONG_SIDE / Math.max(from.getWidth(), from.getHeight());
        BufferedImage to = new BufferedImage(
                (int) Math.round(from.getWidth() * scale),
                (int) Math.round(from.getHeight() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = to.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(from, 0, 0, to.getWidth(), to.getHeight(), null);
        pen.dispose();
        return new Picture("small-" + large.name(), png(to));
    }

    /** There are pictures, but no screen, and no files. */
    private static void prepare() {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    /** Circles on a gradient, none like the other. */
    private List<Picture> pictures() throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = image.createGraphics();
            pen.setPaint(new GradientPaint(0, 0, Color.getHSBColor(i * 0.07f, 1, 1), WIDTH, HEIGHT, Color.BLACK));
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            pen.setColor(Color.WHITE);
            pen.drawOval(i * 5 % WIDTH, i * 3 % HEIGHT, 60, 60);
            pen.dispose();
            pictures.add(new Picture("picture-" + i + ".png", png(image)));
        }
        return pictures;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this JVM has no writer for PNG");
        }
        return bytes.toByteArray();
    }

    private static BufferedImage read(Picture picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
        if (image == null) {
            throw new IOException(picture.name() + " is no picture");
        }
        return image;
    }

    private static long bytes(List<Picture> pictures) {
        return pictures.stream().mapToLong(picture -> picture.png().length).sum();
    }
}
