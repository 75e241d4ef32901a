package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pictures that ImageIO reads: their size; and where there is a folder for them, a smaller and sharper copy of each. Without
 * a folder nothing is decoded but the beginning.
 */
final class ImageParser implements Parser {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    private final Optional<Path> folder;
    private final int width;
    private final int height;
    private final boolean exact;
    private final boolean sharpen;
    private final String format;
    private final int quality;
    private final long mostPixels;

    ImageParser(Settings settings) {
        String to = settings.text("to", "");
        folder = to.isEmpty() ? Optional.empty() : Optional.of(Path.of(to).toAbsolutePath());
        if (folder.isPresent() && Files.exists(folder.get()) && !Files.isDirectory(folder.get())) {
            throw settings.wrong("to", "is a file: name a folder");
        }
        var size = SIZE.matcher(settings.text("size", "800x600"));
        if (!size.matches()) {
            throw settings.wrong("size", "write 800x600, the width before the height");
        }
        width = Integer.parseInt(size.group(1));
        height = Integer.parseInt(size.group(2));
        exact = settings.choice("fit", List.of("inside", "exact"), "inside").equals("exact");
        sharpen = settings.flag("sharpen", true);
        format = settings.choice("format", List.of("jpeg", "png"), "jpeg");
        quality = (int) settings.number("quality", 1, 100, 85);
        mostPixels = settings.number("pixels", 1, Integer.MAX_VALUE, 100_000_000);
    }

    @Override
    public Reading parse(Page page, Wanted wanted) throws UnreadableException {
        try (var image = SourceImage.open(page.body(), mostPixels)) {
            var reading = new Reading()
                    .with("width", image.width())
                    .with("height", image.height())
                    .with("format", image.format());
            if (folder.isPresent()) {
                write(page, image, folder.get(), reading);
            }
            return reading;
        } catch (IOException | RuntimeException broken) {
            // ImageIO throws whatever it runs into.
            throw UnreadableException.because("is no image that can be read", broken);
        }
    }

    private void write(Page page, SourceImage image, Path to, Reading reading) throws IOException {
        var target = exact ? new ImageSize(width, height) : image.size().within(width, height);
        var small = Scaling.scale(image.decode(target), target);
        var sharp = sharpen ? Sharpening.sharpen(small) : small;
        var file = new ImageFile(to, page.origin().source(), format);
        file.write(sharp, quality);
        reading.with("file", file.path().toString())
                .with("fileWidth", target.width())
                .with("fileHeight", target.height());
    }

    /** Before work starts: the folder is there, or the crawl does not begin. */
    static void prepare(Recipe recipe) {
        String to = Settings.of("image", recipe.options()).text("to", "");
        if (!to.isEmpty()) {
            try {
                Files.createDirectories(Path.of(to));
            } catch (IOException failure) {
                throw new InputException(
                        "-O image.to=" + to + ": no such folder can be made: " + failure.getMessage(), failure);
            }
        }
    }
}
