package io.forkloom.bench.crawl;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Pages a second of the whole command with two workers, its start and its end included; and the share of its time that its
 * journal takes.
 */
public final class CrawlPages implements Measurement {
    private static final String WORKERS = "2";

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("crawl.pages", Unit.PER_SECOND), new Figure("crawl.journal", Unit.TIMES));
    }

    @Override
    public Optional<String> note(Scale scale) {
        return Optional.of("crawl.pages: served by "
                + (WebServer.nginx().isPresent() ? "nginx, one process" : "a server in Java, as nginx is absent"));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        return new Served(scale);
    }

    /** Ours, and the server that the peers ask too. */
    private static final class Served implements Session {
        private final Corpus corpus;
        private final WebServer server;

        Served(Scale scale) throws Exception {
            corpus = Corpus.open(scale);
            server = WebServer.of(corpus.folder());
            measure(); // what is made once: caches, and the files in the system's memory
        }

        @Override
        public Optional<PeerWork> peers() {
            return Optional.of(PeerWork.of(
                    List.of("lxml", "html.parser"),
                    "crawl",
                    server.port(),
                    Long.parseLong(WORKERS),
                    corpus.paths().size()));
        }

        @Override
        public double[] measure() throws Exception {
            var run = Command.crawl(corpus.urls(server.port(), 1), "--workers", WORKERS);
            return new double[] {run.pagesPerSecond(), run.journal()};
        }

        @Override
        public void close() {
            try (corpus) {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
