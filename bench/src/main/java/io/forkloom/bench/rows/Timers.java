package io.forkloom.bench.rows;

import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import io.forkloom.async.Timeouts;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Samples;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How late subtasks are that all wait for the same time, again and again. */
record Timers(String name, String work, Wait each) implements Measurement {
    private static final int MILLIS = 100;
    private static final Duration TOO_LONG = Duration.ofMinutes(1);

    /** Lasts for so many milliseconds. */
    @FunctionalInterface
    interface Wait {
        void last(int millis) throws InterruptedException;
    }

    static Timers sleeps() {
        return new Timers("async.timers", "loop.timers", Thread::sleep);
    }

    static Timers timeouts() {
        return new Timers("async.timeouts", "loop.timeouts", Timers::timeOut);
    }

    /** What ends the wait is the limit alone. */
    private static void timeOut(int millis) throws InterruptedException {
        var outcome = Timeouts.<Boolean, InterruptedException>moveOnAfter(Duration.ofMillis(millis), () -> {
            Thread.sleep(TOO_LONG);
            return true;
        });
        Caller.check(outcome.isEmpty(), "a limit of time was not kept");
    }

    @Override
    public List<Figure> figures() {
        return List.of(new Figure(name + ".p99", Unit.MILLISECONDS), new Figure(name + ".p50", Unit.MILLISECONDS));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("uvloop", "asyncio"), work, count(scale), repeats(scale), MILLIS));
    }

    private static int count(Scale scale) {
        return scale.of(10_000, 10);
    }

    private static int repeats(Scale scale) {
        return scale.of(10, 1);
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int count = count(scale);
        int repeats = repeats(scale);
        return Caller.warm(scale.of(3, 1), () -> Caller.onVirtualThread(() -> lateness(count, repeats)));
    }

    private double[] lateness(int count, int repeats) throws InterruptedException {
        var all = new Samples(count * repeats);
        try (var group = TaskGroup.open()) {
            var sleepers = new ArrayList<Subtask<long[]>>();
            for (int i = 0; i < count; i++) {
                sleepers.add(group.fork(() -> sleep(repeats)));
            }
            group.join();
            for (var sleeper : sleepers) {
                for (long late : sleeper.value()) {
                    all.add(late);
                }
            }
        }
        return new double[] {all.percentile(99) / 1e3, all.percentile(50) / 1e3};
    }

    private long[] sleep(int repeats) throws InterruptedException {
        var late = new long[repeats];
        for (int i = 0; i < repeats; i++) {
            long start = System.nanoTime();
            each.last(MILLIS);
            late[i] = System.nanoTime() - start - MILLIS * 1_000_000L;
        }
        return late;
    }
}
