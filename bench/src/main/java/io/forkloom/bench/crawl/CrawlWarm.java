package io.forkloom.bench.crawl;

import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a long crawl does a second: all pages once, and so many times more; what the rest took. And the share that it is of what
 * the parser alone reaches, with pages that are in memory, in as many processes as there are processors.
 */
public final class CrawlWarm implements Measurement {
    /** In the module of the command, which this one does not see. */
    private static final String PARSER_ALONE = "io.forkloom.cli.crawl.parse.ParserAlone";

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("crawl.warm", Unit.TIMES),
                new Figure("crawl.warm.pages", Unit.PER_SECOND),
                new Figure("crawl.warm.parser", Unit.PER_SECOND));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(3, 1);
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int times = scale.of(10, 3);
        var corpus = Corpus.open(scale);
        var server = WebServer.of(corpus.folder());
        return new Session() {
            @Override
            public double[] measure() throws Exception {
                var once = Command.crawl(corpus.urls(server.port(), 1));
                var often = Command.crawl(corpus.urls(server.port(), times));
                // Of a tiny corpus the difference may be none.
                double seconds = Math.max(1e-3, often.seconds() - once.seconds());
                double warm = (often.pages() - once.pages()) / seconds;
                double alone = parserAlone(corpus, times);
                return new double[] {warm / alone, warm, alone};
            }

            @Override
            public void close() {
                try (corpus) {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** All processes at once, each with all pages: the first passes warm up. */
    private static double parserAlone(Corpus corpus, int passes) throws Exception {
        try (var group = TaskGroup.open()) {
            var rates = new ArrayList<Subtask<Double>>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                rates.add(group.fork(() -> {
                    try (var program =
                            AskedProgram.ofJava(PARSER_ALONE, corpus.folder().toString(), Integer.toString(passes))) {
                        return program.measure()[0];
                    }
                }));
            }
            group.join();
            return rates.stream().mapToDouble(Subtask::value).sum();
        }
    }
}
