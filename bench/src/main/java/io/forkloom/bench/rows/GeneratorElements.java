package io.forkloom.bench.rows;

import io.forkloom.async.Generator;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;

/** From a generator, which makes elements ahead on a virtual thread of its own, to who iterates. */
final class GeneratorElements implements Measurement {
    private static final int AHEAD = 256;

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("async.generator", Unit.MICROSECONDS));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(
                PeerWork.of(List.of("uvloop", "asyncio"), "loop.generator", scale.of(20_000, 1_000), scale.of(9, 1)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int count = scale.of(200_000, 1_000);
        int batches = scale.of(9, 1);
        return Caller.warm(scale.of(3, 1), () -> new double[] {Caller.each(batches, count, () -> take(count))});
    }

    private static void take(int count) throws Exception {
        long sum = 0;
        try (var numbers = Generator.<Integer>of(AHEAD, out -> {
            for (int i = 0; i < count; i++) {
                out.yield(i);
            }
        })) {
            for (int number : numbers) {
                sum += number;
            }
        }
        Caller.check(sum == (long) count * (count - 1) / 2, "elements were lost");
    }
}
