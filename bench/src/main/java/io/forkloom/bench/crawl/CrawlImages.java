package io.forkloom.bench.crawl;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Seconds of the whole command with two workers, its start and its end included, for a folder of photos: a copy of each of
 * 800x600, sharpened.
 */
public final class CrawlImages implements Measurement {
    private static final long WORKERS = 2;

    private static int photos(Scale scale) {
        return scale.of(100, 3);
    }

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("crawl.images", Unit.SECONDS));
    }

    @Override
    public Optional<String> note(Scale scale) {
        return Optional.of(
                "crawl.images: of " + photos(scale) + " JPEGs, " + Photos.WIDTH + "x" + Photos.HEIGHT + " each");
    }

    @Override
    public Session open(Scale scale) throws Exception {
        return new Album(photos(scale));
    }

    /** Ours reads the folder. The peers bring themselves a copy of it before they are asked: they may have another root. */
    private static final class Album implements Session {
        private final int photos;
        private final Path home = Files.createTempDirectory("forkloom-album-");
        private final Path folder = Files.createDirectory(home.resolve("photos"));
        private final WebServer server;

        Album(int photos) throws Exception {
            this.photos = photos;
            var names = Photos.write(folder, photos);
            Corpus.list(home, names.stream().map(name -> "/photos/" + name).toList());
            server = WebServer.of(home);
            measure(); // what is made once: caches
        }

        @Override
        public Optional<PeerWork> peers() {
            return Optional.of(PeerWork.of(
                    List.of("pillow.lanczos", "pillow.bilinear"), "images", server.port(), WORKERS, photos));
        }

        @Override
        public double[] measure() throws Exception {
            var copies = Files.createTempDirectory("forkloom-copies-");
            try {
                var run = Command.crawl(
                        folder,
                        photos,
                        "--parse",
                        "image",
                        "-O",
                        "image.to=" + copies,
                        "--workers",
                        Long.toString(WORKERS));
                require(copies);
                return new double[] {run.seconds()};
            } finally {
                Corpus.remove(copies);
            }
        }

        private void require(Path copies) throws IOException {
            try (var files = Files.list(copies)) {
                long count = files.count();
                if (count != photos) {
                    throw new IOException(count + " copies of " + photos + " photos");
                }
            }
        }

        @Override
        public void close() {
            try {
                server.close();
                Corpus.remove(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
