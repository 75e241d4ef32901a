package io.forkloom.bench.rows;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.io.IOException;
import java.util.List;

/** What a worker that has run a task takes of a processor while it has nothing to do, by the kernel's account. */
final class IdleCpu implements Measurement {
    private static final int WORKERS = 2;

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("idle.cpu", Unit.PERCENT_OF_A_CORE));
    }

    @Override
    public int rounds(Scale scale) {
        return 1;
    }

    @Override
    public Session open(Scale scale) {
        int millis = scale.of(30_000, 500);
        return () -> {
            try (var staffed = Staffed.open(WORKERS, c -> c.workers(WORKERS))) {
                staffed.workOnce(WORKERS);
                Thread.sleep(scale.of(2_000, 100)); // the compiler may have been at something still
                long start = System.nanoTime();
                long before = cpuNanos(staffed);
                Thread.sleep(millis);
                double cpu = cpuNanos(staffed) - before;
                return new double[] {100 * cpu / (System.nanoTime() - start) / WORKERS};
            }
        };
    }

    private static long cpuNanos(Staffed staffed) throws IOException {
        long sum = 0;
        for (long pid : staffed.pids()) {
            sum += Staffed.cpuNanos(pid);
        }
        return sum;
    }
}
