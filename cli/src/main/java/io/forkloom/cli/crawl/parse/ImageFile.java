package io.forkloom.cli.crawl.parse;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A file that is written for a page: there as a whole or not at all. Its name is the last name in the source, for people, and
 * a digest of the whole source, so that no two are the same and the same page gets the same name again.
 */
final class ImageFile {
    private static final int LONGEST_NAME = 80;
    private static final int DIGEST = 8; // bytes; among a million names two are alike once in 37 million crawls

    private final Path path;
    private final String format;

    ImageFile(Path folder, String source, String format) {
        this.format = format;
        this.path = folder.resolve(name(source, format.equals("jpeg") ? "jpg" : format));
    }

    /** Letters, digits and a few signs, which mean nothing to any file system. */
    static String name(String source, String end) {
        String plain = source.replaceFirst("[?#].*", "");
        String last = plain.substring(plain.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        String stem = (dot > 0 ? last.substring(0, dot) : last).replaceAll("[^A-Za-z0-9_-]+", "-");
        String readable = stem.substring(0, Math.min(stem.length(), LONGEST_NAME));
        return (readable.isEmpty() ? "image" : readable) + "-" + digest(source) + "." + end;
    }

    private static String digest(String source) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-512").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, DIGEST);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-512", impossible);
        }
    }

    Path path() {
        return path;
    }

    void write(Pixels pixels, int quality) throws IOException {
        var temporary = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (var out = Files.newOutputStream(temporary)) {
                var codec = TurboJpeg.find();
                if (codec.isPresent() && format.equals("jpeg")) {
                    out.write(codec.get().encode(pixels, quality));
                } else {
                    encode(pixels.image(), quality / 100f, out);
                }
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void encode(BufferedImage image, float quality, OutputStream to) throws IOException {
        var writer = writer(image);
        try (var out = new MemoryCacheImageOutputStream(to)) {
            var how = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
    }

    private ImageWriter writer(BufferedImage image) throws IOException {
        var writers = ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), format);
        if (!writers.hasNext()) {
            throw new IOException("this Java writes no " + format.toUpperCase(Locale.ROOT));
        }
        return writers.next();
    }
}
