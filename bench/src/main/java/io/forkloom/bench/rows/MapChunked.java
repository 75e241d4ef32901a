package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A small function over very many numbers, in the best of four sizes of chunks; that of the peers is chosen too. */
final class MapChunked implements Measurement {
    private static final List<Integer> CHUNKS = List.of(100, 1_000, 10_000, 100_000);

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("map.chunked", Unit.PER_SECOND));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(3, 1);
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("mp"), "map", scale.of(10_000_000, 1_000)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int items = scale.of(10_000_000, 1_000);
        var pool = ProcessPool.open(c -> c.workers(2));
        return PoolSession.warm(pool, 0, best(pool, items / 10, items));
    }

    private static PoolSession.Work best(ProcessPool pool, int trial, int items) throws Exception {
        int best = CHUNKS.getFirst();
        double highest = 0;
        for (int repeat = 0; repeat < 4; repeat++) { // those before the last warm up
            highest = 0;
            for (int chunk : CHUNKS) {
                double rate = rate(pool, trial, chunk);
                best = rate > highest ? chunk : best;
                highest = Math.max(rate, highest);
            }
        }
        int chosen = best;
        return same -> new double[] {rate(same, items, chosen)};
    }

    private static double rate(ProcessPool pool, int items, int chunk) throws Exception {
        return Caller.rate(items, () -> {
            long sum = 0;
            Iterable<Integer> numbers = () -> IntStream.range(0, items).iterator();
            try (var results = pool.map(x -> x + 1, numbers).chunk(chunk)) {
                for (int result : results) {
                    sum += result;
                }
            }
            Caller.check(sum == items * (items + 1L) / 2, "the sum is wrong");
        });
    }
}
