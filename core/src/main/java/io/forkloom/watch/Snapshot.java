package io.forkloom.watch;

import io.forkloom.PoolView;
import io.forkloom.async.GroupView;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What this program waits for and computes, at one moment; see {@link Watch#snapshot}.
 *
 * @param lag how long a virtual thread that is ready has to wait for a carrier; at least
 * @param blocked whether it had to be given up before one was there, after {@code lag}
 * @param carriers how many virtual threads can run at once
 * @param queued virtual threads that are ready and wait for a carrier
 * @param running those that are on a carrier
 */
public record Snapshot(
        Duration lag,
        boolean blocked,
        int carriers,
        long queued,
        List<Running> running,
        List<PoolView> pools,
        List<GroupView> groups) {
    /** Not more than what a reader of a page notices. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /**
     * A virtual thread on a carrier.
     *
     * @param thread its name, where it is known, and its number
     * @param where the innermost frame of the user's
     */
    public record Running(String thread, String where) {
        static Running of(Carrier carrier) {
            var frames = carrier.frames();
            var where = frames.stream().filter(Frame::isOfUser).findFirst();
            return new Running(
                    Vigil.name(carrier.thread()),
                    where.or(() -> frames.stream().findFirst())
                            .map(Frame::toString)
                            .orElse(""));
        }
    }

    public Snapshot {
        running = List.copyOf(running);
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
    }

    static Snapshot take(int subtasks) throws InterruptedException {
        var carriers = new Carriers();
        // First, for the question below would be among them.
        var running = carriers.look().stream()
                .filter(each -> each.thread() != Thread.currentThread().threadId())
                .map(Running::of)
                .toList();
        long queued = carriers.queued();
        var ran = new CountDownLatch(1);
        long start = Ticks.now();
        Thread.ofVirtual().name("forkloom-canary").start(ran::countDown);
        boolean answered = ran.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        var lag = Duration.ofNanos(Ticks.now() - start);
        return new Snapshot(
                lag, !answered, carriers.parallelism(), queued, running, PoolView.all(), GroupView.all(subtasks));
    }
}
