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

/** Many small tasks at once: lambdas that capture a number, all submitted before the first result is asked for. */
final class SubmitLambda implements Measurement {
    @Override
    public List<Figure> figures() {
        return List.of(new Figure("submit.lambda", Unit.PER_SECOND));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("ppe", "asyncio", "mp", "loky"), "submit", scale.of(20_000, 50)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int tasks = scale.of(20_000, 50);
        var pool = ProcessPool.open(c -> c.workers(2).queue(tasks, "64m"));
        return PoolSession.warm(pool, scale.of(60, 1), same ->
                new double[] {Caller.rate(tasks, () -> flood(same, tasks))});
    }

    private static void flood(ProcessPool pool, int tasks) throws InterruptedException {
        var handles = new ArrayList<TaskHandle<Integer>>(tasks);
        for (int i = 0; i < tasks; i++) {
            int captured = i;
            handles.add(pool.submit(() -> captured + 1));
        }
        for (int i = 0; i < tasks; i++) {
            Caller.check(handles.get(i).join() == i + 1, "a result is wrong");
        }
    }
}
