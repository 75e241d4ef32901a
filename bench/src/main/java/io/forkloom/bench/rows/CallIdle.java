package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;

/** A call after 2 ms in which nothing happened: processors sleep, caches are cold, threads have to be woken. */
final class CallIdle implements Measurement {
    private static final long IDLE_MILLIS = 2;

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("call.idle.p50", Unit.MICROSECONDS));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("c", "ppe", "asyncio", "mp", "loky"), "idle", scale.of(400, 5)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int calls = scale.of(400, 5);
        var pool = ProcessPool.open(c -> c.workers(2));
        Caller.time(scale.of(20_000, 20), 0, () -> Caller.noop(pool));
        return PoolSession.warm(pool, 1, same -> new double[] {
            Caller.time(calls, IDLE_MILLIS, () -> Caller.noop(same)).percentile(50)
        });
    }
}
