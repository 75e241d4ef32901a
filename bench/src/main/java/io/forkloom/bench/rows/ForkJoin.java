package io.forkloom.bench.rows;

import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Subtasks that do nothing: many are forked, then joined. And what the JDK alone takes for as many virtual threads: joined
 * one by one, or by a latch that they count down, which is the least that a join of all can be.
 */
final class ForkJoin implements Measurement {
    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("async.fork", Unit.MICROSECONDS),
                new Figure("async.fork.jdk", Unit.MICROSECONDS),
                new Figure("async.fork.jdk.latch", Unit.MICROSECONDS));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("uvloop", "asyncio"), "loop.fork", count(scale), batches(scale)));
    }

    private static int count(Scale scale) {
        return scale.of(10_000, 10);
    }

    private static int batches(Scale scale) {
        return scale.of(20, 2);
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int count = count(scale);
        int batches = batches(scale);
        return Caller.warm(scale.of(3, 1), () -> new double[] {
            Caller.each(batches, count, () -> group(count)),
            Caller.each(batches, count, () -> threads(count)),
            Caller.each(batches, count, () -> latch(count))
        });
    }

    private static void group(int count) throws InterruptedException {
        try (var group = TaskGroup.open()) {
            Subtask<Integer> last = group.fork(() -> 0);
            for (int i = 1; i < count; i++) {
                int number = i;
                last = group.fork(() -> number);
            }
            group.join();
            Caller.check(last.value() == count - 1, "a subtask has another's value");
        }
    }

    private static void threads(int count) throws InterruptedException {
        var threads = new Thread[count];
        var values = new Integer[count];
        for (int i = 0; i < count; i++) {
            int number = i;
            threads[i] = Thread.ofVirtual().start(() -> values[number] = number);
        }
        for (var thread : threads) {
            thread.join();
        }
        check(values);
    }

    private static void latch(int count) throws InterruptedException {
        var done = new CountDownLatch(count);
        var values = new Integer[count];
        for (int i = 0; i < count; i++) {
            int number = i;
            var _ = Thread.ofVirtual().start(() -> {
                values[number] = number;
                done.countDown();
            });
        }
        done.await();
        check(values);
    }

    private static void check(@Nullable Integer[] values) {
        int last = values.length - 1;
        Caller.check(Objects.equals(values[last], last), "a thread has not run");
    }
}
