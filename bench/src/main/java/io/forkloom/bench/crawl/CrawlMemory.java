package io.forkloom.bench.crawl;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the parent has resident at most, with a thousand inputs and with very many, and how much more that is. */
public final class CrawlMemory implements Measurement {
    /** How many very many are; a million take five minutes. */
    public static final String INPUTS = "forkloom.bench.inputs";

    private static final int FEW = 1_000;

    private static int many(Scale scale) {
        return scale.of(Integer.getInteger(INPUTS, 100_000), 60);
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("crawl.memory", Unit.MEBIBYTES),
                new Figure("crawl.memory.1k", Unit.MEBIBYTES),
                new Figure("crawl.memory.growth", Unit.TIMES));
    }

    @Override
    public int rounds(Scale scale) {
        return 1;
    }

    @Override
    public Optional<String> note(Scale scale) {
        return Optional.of(String.format("crawl.memory: of %,d inputs; --inputs 1000000 for a million", many(scale)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        var server = WebServer.Ours.start(PageServer.TINY);
        return new Session() {
            @Override
            public double[] measure() throws Exception {
                double few = peak(scale.of(FEW, 30));
                double many = peak(many(scale));
                return new double[] {many, few, many / few};
            }

            private double peak(int inputs) throws Exception {
                var urls = IntStream.range(0, inputs).mapToObj(i -> "http://127.0.0.1:" + server.port() + "/" + i);
                return Command.crawl(urls).peakKiB() / 1024.0;
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
