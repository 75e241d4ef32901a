package io.forkloom.bench.rows;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;

/** What a worker costs: its share of the memory (PSS), the mean of four that have run a task and now do nothing. */
final class WorkerMemory implements Measurement {
    private static final int WORKERS = 4;

    /** Every ten seconds the JVM gives back what its compilers have used. */
    private static final int SETTLED_MILLIS = 12_000;

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("worker.memory", Unit.MEBIBYTES));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(3, 1);
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(
                PeerWork.of(List.of("ppe", "mp", "loky"), "memory", WORKERS).inFreshProcesses());
    }

    /** A pool for each go: the same workers would give the same number. */
    @Override
    public Session open(Scale scale) {
        return () -> {
            try (var staffed = Staffed.open(WORKERS, c -> c.workers(WORKERS))) {
                staffed.workOnce(WORKERS);
                Thread.sleep(scale.of(SETTLED_MILLIS, 100));
                double sum = 0;
                for (long pid : staffed.pids()) {
                    sum += Staffed.pssMebibytes(pid);
                }
                return new double[] {sum / WORKERS};
            }
        };
    }
}
