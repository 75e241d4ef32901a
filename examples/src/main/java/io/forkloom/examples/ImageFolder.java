package io.forkloom.examples;

import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Failed;
import io.forkloom.ProcessPool;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.imageio.ImageIO;

/**
 * C6, image processing in parallel: four workers resize a folder of pictures to 800×600, sharpen them and save them. Paths
 * cross to the workers, pixels do not; a picture that is none costs itself. The same as a command, for any folder:
 * {@code forkloom crawl FOLDER --parse image -O image.fit=exact -O image.to=small --workers 4 --to images.jsonl}.
 */
public final class ImageFolder {
    private static final int PICTURES = 8;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    /** Moves each pixel away from the mean of its neighbours. */
    private static final Kernel SHARPEN = new Kernel(3, 3, new float[] {
        -0.125f, -0.125f, -0.125f,
        -0.125f, 2f, -0.125f,
        -0.125f, -0.125f, -0.125f
    });

    private ImageFolder() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("forkloom-example-");
        var pictures = new ArrayList<Path>();
        for (int i = 0; i < PICTURES; i++) {
            pictures.add(paint(folder.resolve("picture-" + i + ".jpg"), i));
        }
        pictures.add(Files.writeString(folder.resolve("picture-none.jpg"), "these are no pixels"));

        // Headless: workers open no window, and start no thread for one.
        try (var pool = ProcessPool.open(c -> c.workers(4).heap("128m").jvmOptions("-Djava.awt.headless=true"));
                var results = pool.map(
                        ImageFolder::shrink,
                        pictures.stream().map(Path::toString).toList())) {
            int saved = 0;
            for (var outcome : results.outcomes()) {
                switch (outcome) {
                    case Completed<String>(var line, var _) -> {
                        saved++;
                        IO.println(line);
                    }
                    case Failed<String> failed -> IO.println(failed.cause().getMessage());
                    default -> IO.println(outcome.toString());
                }
            }
            IO.println(saved + " of " + pictures.size() + " saved");
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static Path paint(Path file, int number) throws IOException {
        var picture = new BufferedImage(2000, 1500, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        graphics.setColor(new Color(30 * number, 200 - 20 * number, 120));
        graphics.fillOval(200, 200, 1000 + 100 * number, 1100);
        graphics.dispose();
        ImageIO.write(picture, "jpeg", file.toFile());
        return file;
    }

    /** In the worker. */
    static String shrink(String path) throws IOException {
        var source = Path.of(path);
        var picture = ImageIO.read(source.toFile());
        if (picture == null) {
            throw new IOException(source.getFileName() + " is no picture");
        }
        var small = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, WIDTH, HEIGHT, null);
        graphics.dispose();
        var sharp = new ConvolveOp(SHARPEN, ConvolveOp.EDGE_NO_OP, null).filter(small, null);
        var target = source.resolveSibling("small-" + source.getFileName());
        ImageIO.write(sharp, "jpeg", target.toFile());
        return source.getFileName() + " " + picture.getWidth() + "x" + picture.getHeight() + " -> "
                + target.getFileName() + " " + sharp.getWidth() + "x" + sharp.getHeight();
    }
}
