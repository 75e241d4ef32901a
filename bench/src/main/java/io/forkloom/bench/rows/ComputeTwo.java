package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * How much faster two workers compute than one thread of this program does; 2 would be perfect. And how much faster two
 * threads of this program do: what the machine gives.
 */
final class ComputeTwo implements Measurement {
    private static final int PIECES = 40;

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("compute.2", Unit.TIMES), new Figure("compute.2.threads", Unit.TIMES));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int size = scale.of(2_000_000, 2_000);
        return PoolSession.warm(ProcessPool.open(c -> c.workers(2)), scale.of(2, 1), pool -> {
            double alone = Caller.rate(PIECES, () -> alone(size));
            return new double[] {
                Caller.rate(PIECES, () -> together(pool, size)) / alone,
                Caller.rate(PIECES, () -> besideEachOther(size)) / alone
            };
        });
    }

    private static void alone(int size) {
        double sum = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            sum += work(size);
        }
        Caller.check(sum > 0, "nothing was computed");
    }

    private static void besideEachOther(int size) throws Exception {
        var other = new FutureTask<>(() -> half(size));
        Thread.ofPlatform().daemon().start(other);
        Caller.check(half(size) + other.get() > 0, "nothing was computed");
    }

    private static double half(int size) {
        double sum = 0;
        for (int piece = 0; piece < PIECES / 2; piece++) {
            sum += work(size);
        }
        return sum;
    }

    private static void together(ProcessPool pool, int size) throws InterruptedException {
        var handles = new ArrayList<TaskHandle<Double>>();
        for (int piece = 0; piece < PIECES; piece++) {
            handles.add(pool.submit(() -> work(size)));
        }
        double sum = 0;
        for (var handle : handles) {
            sum += handle.join();
        }
        Caller.check(sum > 0, "nothing was computed");
    }

    static double work(int size) {
        double sum = 0;
        for (int i = 1; i < size; i++) {
            sum += Math.sqrt(i) * Math.log(i + 1);
        }
        return sum;
    }
}
