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
 *
 * @param name of the first figure
 * @param journal name of the second
 * @param times how often all pages are crawled in one run, each time by another address
 */
public record CrawlPages(String name, String journal, int times) implements Measurement {
    private static final long WORKERS = 2;

    /** A short crawl: a good part of it are the starts of JVMs and what their compilers do. */
    public static CrawlPages once() {
        return new CrawlPages("crawl.pages", "crawl.journal", 1);
    }

    /** The same ten times as long. */
    public static CrawlPages tenTimes() {
        return new CrawlPages("crawl.long", "crawl.long.journal", 10);
    }

    @Override
    public List<Figure> figures() {
        return List.of(new Figure(name, Unit.PER_SECOND), new Figure(journal, Unit.TIMES));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(times == 1 ? 5 : 3, 1);
    }

    @Override
    public Optional<String> note(Scale scale) {
        return Optional.of(name + ": served by "
                + (WebServer.nginx().isPresent() ? "nginx, one process" : "a server in Java, as nginx is absent"));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        return new Served(scale);
    }

    /** Ours, and the server that the peers ask too. */
    private final class Served implements Session {
        private final Corpus corpus;
        private final WebServer server;

        Served(Scale scale) throws Exception {
            corpus = Corpus.open(scale);
            server = WebServer.of(corpus.folder());
            crawl(1); // what is made once: caches, and the files in the system's memory
        }

        @Override
        public Optional<PeerWork> peers() {
            return Optional.of(PeerWork.of(
                    List.of("lxml", "html.parser"),
                    "crawl",
                    server.port(),
                    WORKERS,
                    times,
                    corpus.paths().size()));
        }

        @Override
        public double[] measure() throws Exception {
            var run = crawl(times);
            return new double[] {run.pagesPerSecond(), run.journal()};
        }

        private Command crawl(int often) throws IOException, InterruptedException {
            return Command.crawl(corpus.urls(server.port(), often), "--workers", Long.toString(WORKERS));
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
