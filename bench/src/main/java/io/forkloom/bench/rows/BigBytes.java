package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.TaskFunction;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;

/**
 * One large array, to a worker, or there and back.
 *
 * @param work as the peers call it
 * @param task gives the array's length in some way
 */
record BigBytes(String name, String work, int bytes, Transfer task) implements Measurement {
    /** Sends the array, and tells how many bytes have arrived where they should. */
    @FunctionalInterface
    interface Transfer {
        int send(ProcessPool pool, byte[] data) throws InterruptedException;
    }

    static BigBytes argument(String name, int bytes) {
        TaskFunction<byte[], Integer> function = data -> data.length;
        return new BigBytes(name, "arg", bytes, (pool, data) -> pool.call(function, data));
    }

    static BigBytes echo(String name, int bytes) {
        TaskFunction<byte[], byte[]> function = data -> data;
        return new BigBytes(name, "echo", bytes, (pool, data) -> pool.call(function, data).length);
    }

    @Override
    public List<Figure> figures() {
        return List.of(new Figure(name, Unit.MILLISECONDS));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("c", "ppe", "mp", "loky"), work, size(scale), scale.of(5, 1)));
    }

    private int size(Scale scale) {
        return scale.of(bytes, bytes / 64);
    }

    @Override
    public Session open(Scale scale) throws Exception {
        var data = new byte[size(scale)];
        int calls = scale.of(5, 1);
        return PoolSession.warm(ProcessPool.open(c -> c.workers(2)), scale.of(3, 1), pool -> {
            var samples = Caller.time(
                    calls, 0, () -> Caller.check(task.send(pool, data) == data.length, "some bytes are missing"));
            return new double[] {samples.percentile(50) / 1e3};
        });
    }
}
