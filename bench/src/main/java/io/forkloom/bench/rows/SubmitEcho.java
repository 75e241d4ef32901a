package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arrays of bytes that come back as they are, all submitted before the first result is asked for. */
record SubmitEcho(String name, int bytes, int tasks) implements Measurement {
    @Override
    public List<Figure> figures() {
        return List.of(new Figure(name, Unit.PER_SECOND));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("ppe", "mp", "loky"), "rate", bytes, scale.of(tasks, 20)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int count = scale.of(tasks, 20);
        var pool = ProcessPool.open(c -> c.workers(2).queue(count, "256m"));
        var data = new byte[bytes];
        return PoolSession.warm(pool, scale.of(40, 1), same ->
                new double[] {Caller.rate(count, () -> flood(same, data, count))});
    }

    private static void flood(ProcessPool pool, byte[] data, int count) throws InterruptedException {
        var handles = new ArrayList<TaskHandle<byte[]>>(count);
        for (int i = 0; i < count; i++) {
            handles.add(pool.submit(bytes -> bytes, data));
        }
        for (var handle : handles) {
            Caller.check(handle.join().length == data.length, "an echo is too short");
        }
    }
}
