package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;

/** An array of bytes there and back, one after the other; for the plots, which have one for each size. */
record EchoLatency(String name, int bytes, int calls) implements Measurement {
    @Override
    public List<Figure> figures() {
        return List.of(new Figure(name, Unit.MICROSECONDS));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(3, 1);
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("c", "ppe", "mp"), "latency", bytes, scale.of(calls, 3)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int count = scale.of(calls, 3);
        var data = new byte[bytes];
        return PoolSession.warm(ProcessPool.open(c -> c.workers(2)), scale.of(3, 1), pool -> new double[] {
            Caller.time(
                            count,
                            0,
                            () -> Caller.check(
                                    pool.call(same -> same, data).length == data.length, "an echo is too short"))
                    .percentile(50)
        });
    }
}
