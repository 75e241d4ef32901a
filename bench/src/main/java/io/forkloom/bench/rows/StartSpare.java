package io.forkloom.bench.rows;

import io.forkloom.Outcome;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Samples;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.event.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From SIGKILL of the only worker to the next result, where a spare stands by. None of the peers has spares. */
final class StartSpare implements Measurement {
    /** The worker, and the spare. */
    private static final int PROCESSES = 2;

    private static final long CALM_MILLIS = 200;

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("start.spare", Unit.MILLISECONDS));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int kills = scale.of(5, 1);
        var staffed = Staffed.open(PROCESSES, c -> c.workers(1).spares(1));
        return new Session() {
            @Override
            public double[] measure() throws Exception {
                var samples = new Samples(kills);
                for (int i = 0; i < kills; i++) {
                    samples.add(Caller.onVirtualThread(() -> kill(staffed)));
                }
                return new double[] {samples.percentile(50) / 1e3};
            }

            @Override
            public void close() {
                staffed.close();
            }
        };
    }

    private static long kill(Staffed staffed) throws InterruptedException {
        staffed.await(PROCESSES);
        var victim = answer(staffed);
        var process = ProcessHandle.of(staffed.pid(victim)).orElseThrow();
        Thread.sleep(CALM_MILLIS); // the spare has finished starting
        long start = System.nanoTime();
        process.destroyForcibly();
        while (answer(staffed).equals(victim)) {
            // The signal is on its way.
        }
        long took = System.nanoTime() - start;
        staffed.awaitGone(victim);
        return took;
    }

    /** Who gives the next result; a task that is lost with the victim is followed by another. */
    private static WorkerId answer(Staffed staffed) throws InterruptedException {
        while (true) {
            var outcome = staffed.pool().<@Nullable Object>submit(() -> null).await();
            if (outcome instanceof Outcome.Completed<?>) {
                return outcome.task().worker().orElseThrow();
            }
        }
    }
}
