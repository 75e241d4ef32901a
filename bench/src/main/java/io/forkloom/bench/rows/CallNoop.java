package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;

/** There and back: a virtual thread calls a task that does nothing, again and again. */
final class CallNoop implements Measurement {
    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("call.noop.p50", Unit.MICROSECONDS),
                new Figure("call.noop.p99", Unit.MICROSECONDS),
                new Figure("call.noop.tail", Unit.TIMES));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("c", "ppe", "asyncio", "mp", "loky"), "call", scale.of(5_000, 20)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int calls = scale.of(10_000, 20);
        // 5 goes of warm-up: both JVMs have compiled the way with their best compiler by then.
        return PoolSession.warm(ProcessPool.open(c -> c.workers(2)), scale.of(5, 1), pool -> {
            var samples = Caller.time(calls, 0, () -> Caller.noop(pool));
            double p50 = samples.percentile(50);
            double p99 = samples.percentile(99);
            return new double[] {p50, p99, p99 / p50};
        });
    }
}
